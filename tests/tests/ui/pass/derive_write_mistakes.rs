//! Attributes of the derives that say nothing, or the wrong thing.

use crm::account::Account;
use crm::prelude::*;

#[derive(Create)]
#[create(table = Account)]
struct NewAccount {
    #[create(column = name)]
    title: String,
    #[create(skip)]
    again: String,
}

#[derive(Update)]
#[update(table = Account)]
struct Changes {
    name: Option<String>,
}

fn main() {
    let new = NewAccount { title: "x".to_owned(), again: String::new() };
    let _ = (new.again.len(), new.into_body(), Changes { name: None }.into_body());
}
