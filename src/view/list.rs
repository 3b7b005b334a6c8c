//! Long lists of views, of which a template is handed one item after the other, and views that many lists share.
//!
//! Promised: in data the list is a list like any other, and a template can't tell it from one. Handed over
//! whole, a long page would be a hundred thousand values before its first line is written; so it is those of a row,
//! in memory that the next row uses again. What is shared is the same as a view of one's own.

use std::fmt::Debug;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, serializing_for_value};
use serde::{Serialize, Serializer};

/// A list whose items are made into values when a template comes to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<Item>(Arc<Vec<Item>>);

impl<Item> Deref for List<Item> {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.0
    }
}

impl<'a, Item> IntoIterator for &'a List<Item> {
    type Item = &'a Item;
    type IntoIter = std::slice::Iter<'a, Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<Item> From<Vec<Item>> for List<Item> {
    fn from(items: Vec<Item>) -> Self {
        Self(Arc::new(items))
    }
}

impl<Item> FromIterator<Item> for List<Item> {
    fn from_iter<Items: IntoIterator<Item = Item>>(items: Items) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl<Item: Serialize + Debug + Send + Sync + 'static> Serialize for List<Item> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializing_for_value() {
            Value::from_object(Items(Arc::clone(&self.0))).serialize(serializer)
        } else {
            self.0.serialize(serializer)
        }
    }
}

/// The list, for a template.
#[derive(Debug)]
struct Items<Item>(Arc<Vec<Item>>);

impl<Item: Serialize + Debug + Send + Sync + 'static> Object for Items<Item> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(|item| Value::from(Serde(item)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

/// A view that stands in many places, and is made into a value once for all of them.
#[derive(Clone)]
pub struct Shared<Item>(Arc<(Item, OnceLock<Value>)>);

impl<Item> Deref for Shared<Item> {
    type Target = Item;

    fn deref(&self) -> &Item {
        &self.0.0
    }
}

impl<Item> From<Item> for Shared<Item> {
    fn from(item: Item) -> Self {
        Self(Arc::new((item, OnceLock::new())))
    }
}

impl<Item: Debug> Debug for Shared<Item> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<Item: PartialEq> PartialEq for Shared<Item> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<Item: Eq> Eq for Shared<Item> {}

impl<Item: Serialize> Serialize for Shared<Item> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (item, value) = &*self.0;
        if serializing_for_value() {
            value.get_or_init(|| Value::from(Serde(item))).serialize(serializer)
        } else {
            item.serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize)]
    struct Step {
        number: usize,
        title: String,
        tags: Vec<&'static str>,
    }

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Row {
        Step(Box<Step>),
        Day { day: &'static str },
    }

    fn rows() -> Vec<Row> {
        let step = Step { number: 7, title: "Copy".to_owned(), tags: vec!["critical"] };
        vec![Row::Step(Box::new(step)), Row::Day { day: "Sat 12-05" }]
    }

    /// All of a value, made in the way of loops and fields.
    fn all(value: &Value) -> serde_json::Value {
        serde_json::to_value(value).unwrap_or_default()
    }

    #[test]
    fn a_template_sees_the_same_as_in_any_list() {
        let (whole, bit_by_bit) = (Value::from(Serde(rows())), Value::from(Serde(List::from(rows()))));
        assert_eq!(all(&whole), all(&bit_by_bit));
        assert_eq!(whole.len(), bit_by_bit.len());
        let second = bit_by_bit.get_item_by_index(1).unwrap_or_default();
        assert_eq!(second.get_attr("day").unwrap_or_default(), Value::from("Sat 12-05"));
        assert_eq!(second.get_attr("kind").unwrap_or_default(), Value::from("day"));
        assert!(second.get_attr("title").is_ok_and(|title| title.is_undefined()));
        assert!(second.is_true());
        assert!(bit_by_bit.get_item_by_index(2).is_ok_and(|none| none.is_undefined()));
        assert!(!Value::from(Serde(List::<Step>::from(Vec::new()))).is_true());
        let shared: Vec<Shared<Row>> = rows().into_iter().map(Shared::from).collect();
        assert_eq!(all(&whole), all(&Value::from(Serde(&shared))));
        assert_eq!(all(&whole), all(&Value::from(Serde(shared))));
    }

    #[test]
    fn as_data_it_is_a_list() {
        let (list, data) = (List::from(rows()), serde_json::to_value(rows()).ok());
        assert_eq!(serde_json::to_value(list).ok(), data);
        assert_eq!(serde_json::to_value(Shared::from(rows())).ok(), data);
    }
}
