//! After the decision: customers come back, one thing after the other.

use super::super::idea::{Idea, Who};

pub(in super::super) const OPEN: Idea = Idea::new("Let the customers of %city in", Who::Shop, 5)
    .access("deploy")
    .words("#%xopen uses=%shop")
    .details(
        "```sh\n./maintenance off --site %host\n```\n\n- undo: put the maintenance page up again {2m}\n",
    );

pub(in super::super) const LIVE: &[Idea] = &[
    Idea::untimed("Listen on the support line while they come back", Who::Lead).words("during=%xopen"),
    Idea::new("Buy a mug with a real card", Who::Anybody, 10)
        .words("uses=%shop")
        .details("- expect: the receipt comes by mail within two minutes\n"),
    Idea::untimed("Let it run under load", Who::Nobody).words("20m .hold"),
    Idea::new("Read the error rate out", Who::Data, 5)
        .words("uses=%shop")
        .details("- expect: below 0.5 % since the doors have opened\n"),
    Idea::new("Take the mug back and see the money return", Who::Anybody, 15).words("uses=%shop"),
    Idea::untimed("Tell the company that %city is open", Who::Lead).words("5m .unattended .parallel"),
    Idea::new("Mail the customers of %city", Who::Anybody, 10)
        .words(".no-return uses=%shop")
        .details("- note: the address at the bottom is that of the shop, not of the office\n"),
    Idea::new("Let the nightly reports run again", Who::Data, 5),
    Idea::new("Note what the night has taught", Who::Lead, 20)
        .words("#%xtaught")
        .details("- [ ] what took longer than planned\n- [ ] what nobody had thought of\n"),
    Idea::untimed("%city is done", Who::Nobody).words(".milestone"),
];
