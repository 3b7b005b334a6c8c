//! The night: close, move the data and the shop side by side, decide; and the way back.

use super::super::idea::{Idea, Who};

pub(in super::super) const CLOSE: &[Idea] = &[
    Idea::new("Roll call on the bridge", Who::Lead, 10).details(
        "- [ ] everybody reads out the version on their sheet\n- [ ] the card processor's duty desk answers\n",
    ),
    Idea::new("Put up the maintenance page", Who::Shop, 5).access("deploy").words("uses=%shop").details(
        "```sh\n./maintenance on --site %host\n```\n\n\
         - expect: the notice stands on every address of the shop\n- undo: take the page down {2m}\n",
    ),
    Idea::new("Pause the nightly reports", Who::Data, 5).details("- undo: let them run again {2m}\n"),
    Idea::untimed("Wait until the last payments have cleared", Who::Nobody).words("10m .hold"),
    Idea::new("See that nothing writes to the old database any more", Who::Data, 5)
        .access("stock-db")
        .details("```sql\nselect pid, usename, query from pg_stat_activity where state = 'active';\n```\n\n- expect: no row but this one\n"),
];

pub(in super::super) const STOP: Idea = Idea::new("Stop the shop of %city", Who::Shop, 5)
    .access("deploy")
    .words("#%xstop stops=%shop")
    .details("```sh\nssh %host sudo systemctl stop shop\n```\n\n- undo: start the old shop again {5m}\n");

pub(in super::super) const COPY: Idea =
    Idea::new("Copy orders and customers to the new database", Who::Data, 40)
        .access("stock-db")
        .words("#%xcopy .unattended locks=%stock")
        .details(
            "```sh\npg_dump --format=custom --file=/move/%host.dump shop\n\
         pg_restore --jobs=8 --dbname=shop_new /move/%host.dump\n```\n\n\
         - expect: the number of rows is the same on both sides\n- undo: empty the new database {5m}\n",
        );

pub(in super::super) const DATA: &[Idea] = &[
    Idea::new("Export the stock of the %site", Who::Data, 15).access("stock-db").words("uses=%stock"),
    Idea::new("Import the price list", Who::Data, 10)
        .access("stock-db")
        .details("- expect: no article without a price\n- undo: load last week's list {5m}\n"),
    Idea::new("Move the gift cards", Who::Data, 15).words("locks=%stock").details(
        "- expect: the sum of all balances is the same to the cent\n- undo: void the cards on the new side {5m}\n",
    ),
    Idea::untimed("Rebuild the search index", Who::Data)
        .words("15m..25m .unattended")
        .details("```sh\n./search rebuild --site %host --wait\n```\n"),
    Idea::new("Compare the number of customers", Who::Data, 10)
        .access("stock-db")
        .details("- expect: both sides say the same number\n"),
    Idea::new("Compare the turnover of last month", Who::Data, 15).details(
        "| | old | new |\n|---|---|---|\n| orders | ____ | ____ |\n| turnover | ____ | ____ |\n",
    ),
    Idea::new("Carry the open baskets over", Who::Data, 10)
        .details("Baskets older than a month stay behind; nobody has ever asked for one.\n"),
    Idea::new("Move the mailing list with its opt-outs", Who::Data, 15)
        .details("- expect: nobody who has opted out stands on the new list\n"),
    Idea::new("Give the new accounts their rights", Who::Data, 10)
        .access("stock-db")
        .details("- [ ] managers\n- [ ] tills\n- [ ] the accountant, to read\n"),
    Idea::new("Lock the old database against writing", Who::Data, 5)
        .access("stock-db")
        .details("```sql\nalter database shop set default_transaction_read_only = on;\n```\n\n- undo: set it to `off` {1m}\n"),
];

pub(in super::super) const SHOP: &[Idea] = &[
    Idea::new("Put version {{ release }} on the servers", Who::Shop, 20).access("deploy").words("#%xdeploy").details(
        "```sh\nfor node in 1 2 3; do\n  ssh %host-$node \"sudo ln -sfn /srv/shop/{{ release }} /srv/shop/current\"\ndone\n```\n\n\
         - undo: link {{ previous }} again {5m}\n",
    ),
    Idea::new("Switch the card readers to the new processor", Who::Pair, 20)
        .details("- undo: switch them back, a reader at a time {10m}\n"),
    Idea::new("Load the new certificates", Who::Shop, 10).access("deploy").details(
        "```sh\nopenssl x509 -noout -enddate -in /etc/shop/tls.pem\n```\n\n- expect: a day more than a year away\n",
    ),
    Idea::new("Point the addresses at the new servers", Who::Shop, 5).access("deploy").details(
        "```sh\ndig +short %host.example.com\n```\n\n- expect: 192.0.2.40\n- undo: point them back {5m}\n",
    ),
    Idea::new("Connect the label printers", Who::Pair, 15),
    Idea::new("Print a test label at the %site", Who::Shop, 5).details("- expect: the bar code can be scanned\n"),
    Idea::new("Switch the mail templates over", Who::Shop, 10)
        .details("- undo: switch them back {2m}\n"),
    Idea::new("Set the opening hours", Who::Shop, 5),
    Idea::new("Check the product pictures in their new sizes", Who::Shop, 15).words("after=%xcopy"),
    Idea::new("Connect the parcel service", Who::Pair, 15)
        .details("- expect: a test parcel has a number\n- undo: give the old connection its key back {5m}\n"),
];

pub(in super::super) const START: Idea = Idea::new("Start the new shop of %city", Who::Shop, 5)
    .access("deploy")
    .words("#%xstart starts=%shop")
    .details("```sh\nssh %host sudo systemctl start shop-new\ncurl --fail --silent https://%host.example.com/health\n```\n\n- expect: `ok {{ release }}`\n- undo: stop it {2m}\n");

pub(in super::super) const GATE: Idea = Idea::new("Go or no-go for %city", Who::Lead, 10)
    .words("#%xgate .gate else=%xback")
    .details("- [ ] every comparison agrees\n- [ ] a test order went through\n- [ ] nobody on the bridge objects\n");

pub(in super::super) const BACK: &[Idea] = &[
    Idea::new("Stop the new shop", Who::Shop, 5).access("deploy"),
    Idea::new("Open the old database for writing", Who::Data, 5).access("stock-db"),
    Idea::new("Point the addresses at the old servers", Who::Shop, 5).access("deploy"),
    Idea::new("Start the old shop and buy a mug", Who::Shop, 10)
        .access("deploy")
        .details("- expect: the order stands in the old system\n"),
];
