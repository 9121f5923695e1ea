use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::Query;
use crm::dataverse_runtime::fetch_xml::FetchQuery;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
struct Company {
    #[allow(dead_code)]
    name: Option<String>,
    #[allow(dead_code)]
    #[row(link = "person")]
    person: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
struct Person {
    #[allow(dead_code)]
    fullname: Option<String>,
}

/// What takes any row takes all but those of FetchXML.
fn first<R: Row>(client: &Client) -> impl Future<Output = Result<Option<R>, Error>> + Send {
    client.query::<R>().first()
}

fn main() {
    let text = "<fetch><entity name='account'/></fetch>";
    let _ = FetchXml::<Account>::from_text(text).map(FetchQuery::<Company>::new);
    let _ = Query::<Person>::new();
    let _ = first::<Person>;
}
