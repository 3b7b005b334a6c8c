//! The days before: in no order, by Saturday evening.

use super::super::idea::{Idea, Who};

/// Only where another night came before.
pub(in super::super) const LEARN: Idea =
    Idea::new("Ask %earlier what its night has taught", Who::Lead, 20).words("after=%beforegate");

pub(in super::super) const PREPARE: &[Idea] = &[
    Idea::new("Count the open orders of %city", Who::Data, 20).access("stock-db").details(
        "```sql\nselect count(*) from orders\n where site = '%host' and shipped_at is null;\n```\n\n\
         - expect: fewer than 400; the others are chased up before Friday\n",
    ),
    Idea::of_a_day("Rehearse the move on a copy of the data", Who::Data).details(
        "The copy must be younger than a week, or the rehearsal proves nothing. Write down how long each part took.\n",
    ),
    Idea::new("Order two spare card readers for the %site", Who::Shop, 15)
        .details("- note: the supplier needs two working days\n"),
    Idea::new("Train the staff on the new screens", Who::Shop, 75).words("uses=%shop").details(
        "- [ ] sell, take back, exchange\n- [ ] a voucher and a card in one payment\n- [ ] whom to call when the till hangs\n",
    ),
    Idea::new("Lower the DNS lifetime of `%host.example.com` to five minutes", Who::Shop, 10)
        .access("deploy")
        .details("```sh\ndig +noall +answer %host.example.com @ns1.example.net\n```\n\n- expect: 300 or less\n"),
    Idea::new("Print the price list for a night without screens", Who::Lead, 20),
    Idea::new("Write the notice that customers will see", Who::Lead, 30)
        .words("#%xnotice")
        .details("> We are moving to a new shop tonight and are back on Sunday morning.\n\nThree sentences at most, and no apology.\n"),
    Idea::new("Restore last night's backup on the standby and count the customers", Who::Data, 45)
        .access("stock-db")
        .details(
            "```sh\npg_restore --jobs=4 --dbname=restore_test /backup/%host.dump\n\
             psql --dbname=restore_test --command=\"select count(*) from customers\"\n```\n\n\
             - expect: as many as in production, give or take a day\n",
        ),
    Idea::new("Take articles off the list that nobody buys", Who::Anybody, 60)
        .details("Whatever has not been sold for two years stays behind.\n"),
    Idea::new("Compare the tax rates of both systems", Who::Anybody, 40).details(
        "| goods | old | new |\n|---|---:|---:|\n| books | 7 % | 7 % |\n| mugs | 19 % | 19 % |\n| bread | 7 % | 7 % |\n",
    ),
    Idea::new("Agree with the card processor on the night", Who::Lead, 15)
        .details("- note: ask for the name and the number of whoever is on duty\n"),
    Idea::new("Ask the warehouse to hold late parcels", Who::Anybody, 10),
    Idea::of_a_day("Write to the twenty largest customers of %city", Who::Shop),
    Idea::new("Walk through the plan with everybody who works on the night", Who::Lead, 45)
        .words("by=%fridayT19:00"),
    Idea::new("Set up the dashboard for the night", Who::Shop, 30)
        .details("https://metrics.example.com/d/%host, with orders a minute, errors and the length of the queue.\n"),
];
