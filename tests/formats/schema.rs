//! The part of JSON Schema, draft 7, that the schema of SARIF is written in.
//!
//! Promised: every keyword is checked or known to check nothing. One that is not known, and a pattern that
//! would have to be matched, end the test, so that nothing is valid for want of a look.

use serde_json::Value;

/// Keywords that say something to people, or only name a place.
const SILENT: [&str; 6] = ["$schema", "$id", "title", "description", "default", "definitions"];

/// What in a value breaks a schema: a path and a reason each.
pub fn complaints(schema: &Value, value: &Value) -> Vec<String> {
    let mut check = Check { root: schema, found: Vec::new() };
    check.value(schema, value, "");
    check.found
}

struct Check<'a> {
    root: &'a Value,
    found: Vec<String>,
}

impl<'a> Check<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, path: &str) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let good = match keyword.as_str() {
                name if SILENT.contains(&name) => true,
                "$ref" => {
                    self.value(self.referenced(wanted), value, path);
                    true
                }
                "type" => is_of_type(value, wanted.as_str().expect("a type")),
                "enum" => list(wanted).contains(value),
                "required" => {
                    list(wanted).iter().all(|key| value.get(key.as_str().expect("a key")).is_some())
                }
                "additionalProperties" if schema.get("properties").is_some() => true,
                "properties" | "additionalProperties" => {
                    self.properties(schema, value, path);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(wanted, item, &format!("{path}/{index}"));
                    }
                    true
                }
                "minItems" => value
                    .as_array()
                    .is_none_or(|items| items.len() as u64 >= wanted.as_u64().expect("a number")),
                "uniqueItems" => !wanted.as_bool().expect("a truth") || are_unique(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().expect("a number")),
                "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().expect("a number")),
                "anyOf" => list(wanted).iter().any(|one| self.fits(one, value)),
                "oneOf" => list(wanted).iter().filter(|one| self.fits(one, value)).count() == 1,
                "format" => {
                    value.as_str().is_none_or(|text| is_of_format(text, wanted.as_str().expect("a format")))
                }
                "pattern" => panic!("{path}: nothing here can match the pattern {wanted}"),
                other => panic!("the keyword `{other}` is not known"),
            };
            if !good {
                self.found.push(format!("{path}: {value} breaks `{keyword}: {wanted}`"));
            }
        }
    }

    fn properties(&mut self, schema: &'a Value, value: &Value, path: &str) {
        for (key, inner) in value.as_object().into_iter().flatten() {
            let here = format!("{path}/{key}");
            match (
                schema.get("properties").and_then(|known| known.get(key)),
                schema.get("additionalProperties"),
            ) {
                (Some(known), _) => self.value(known, inner, &here),
                (None, Some(Value::Bool(false))) => self.found.push(format!("{here}: no such property")),
                (None, Some(other @ Value::Object(_))) => self.value(other, inner, &here),
                (None, _) => {}
            }
        }
    }

    fn fits(&self, schema: &'a Value, value: &Value) -> bool {
        let mut check = Check { root: self.root, found: Vec::new() };
        check.value(schema, value, "");
        check.found.is_empty()
    }

    fn referenced(&self, place: &Value) -> &'a Value {
        let place = place.as_str().and_then(|place| place.strip_prefix('#')).expect("a place in this schema");
        self.root.pointer(place).expect("the schema has that place")
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("the type `{other}` is not known"),
    }
}

fn are_unique(value: &Value) -> bool {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items.iter().enumerate().all(|(index, item)| !items[..index].contains(item))
}

/// What every URI and reference has, and no text with spaces: `uri` has a scheme before its first colon.
fn is_of_format(text: &str, name: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    match name {
        "uri" => {
            is_plain
                && text
                    .split_once(':')
                    .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_lowercase()))
        }
        "uri-reference" => {
            is_plain
                && text
                    .split('/')
                    .next()
                    .is_some_and(|first| !first.contains(':') || text.starts_with("file://"))
        }
        other => panic!("the format `{other}` is not known"),
    }
}

#[test]
fn a_small_schema_is_held() {
    let schema = serde_json::json!({
        "type": "object", "required": ["runs"], "additionalProperties": false,
        "properties": {
            "runs": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/definitions/run" } },
            "uri": { "type": "string", "format": "uri-reference" },
        },
        "definitions": { "run": { "type": "object", "anyOf": [{ "required": ["text"] }, { "required": ["id"] }],
            "properties": { "level": { "enum": ["error", "note"] }, "line": { "type": "integer", "minimum": 1 } } } },
    });
    let broken = |text: &str| complaints(&schema, &serde_json::from_str(text).expect("JSON")).len();
    assert_eq!(broken(r#"{ "runs": [{ "id": 1, "level": "note", "line": 1 }], "uri": "a%20b.md" }"#), 0);
    for wrong in [
        r#"{}"#,
        r#"{ "runs": [] }"#,
        r#"{ "runs": [{ "id": 1 }, { "id": 1 }] }"#,
        r#"{ "runs": [{}] }"#,
        r#"{ "runs": [{ "id": 1, "level": "loud" }] }"#,
        r#"{ "runs": [{ "id": 1, "line": 0 }] }"#,
        r#"{ "runs": [{ "id": 1, "line": "1" }] }"#,
        r#"{ "runs": [{ "id": 1 }], "uri": "a b.md" }"#,
        r#"{ "runs": [{ "id": 1 }], "other": 1 }"#,
    ] {
        assert_eq!(broken(wrong), 1, "{wrong}");
    }
}
