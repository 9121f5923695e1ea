//! Files and images: what goes up comes down.

use crm::prelude::*;
use crm::rsk_vessel::{RskImoKey, RskVessel};
use dataverse_emulator::limits::{Cut, Faults, Rule};

use crate::support::Office;

const PIECE: usize = 4 * 1024 * 1024;

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Vessel {
    rsk_certificate: Option<Uuid>,
    rsk_photo: Option<Bytes>,
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(31) >> 3) as u8).collect()
}

async fn ship(office: &Office) -> Id<RskVessel> {
    let port = office.port("Bergen", "NOBGO").await;
    office.ship(7, port).await
}

#[tokio::test]
async fn files_of_all_sizes_go_up_and_come_down() {
    let office = Office::open().await;
    let ship = ship(&office).await;
    let key = RskImoKey { rsk_imo: "0000007" };
    let by_key = office.client.file(key, |v| v.rsk_certificate);
    let by_id = office.client.file(ship, |v| v.rsk_certificate);
    assert_eq!(by_id.download().await.unwrap(), None);
    for (at, length) in [0, 1, PIECE, PIECE + 1, 5 * PIECE + 3].into_iter().enumerate() {
        let all = content(length);
        let name = format!("Zertifikat für Nr. {at}, 100 %'.pdf");
        let upload = if at % 2 == 0 { &by_id } else { &by_key };
        upload.upload(&name, all.clone()).await.unwrap();
        let file = by_key.download().await.unwrap().unwrap();
        assert!(file.content == all, "{length}");
        assert_eq!(
            (file.name.as_deref(), file.length),
            (Some(name.as_str()), length as u64)
        );
        let row: Vessel = office.client.retrieve(ship).await.unwrap();
        assert!(row.rsk_certificate.is_some());
    }
    by_key.delete().await.unwrap();
    assert_eq!(by_id.download().await.unwrap(), None);
    let row: Vessel = office.client.retrieve(ship).await.unwrap();
    assert_eq!(row.rsk_certificate, None);
}

#[tokio::test]
async fn nothing_of_a_file_is_lost_where_answers_are() {
    for cut in [Cut::Before, Cut::After] {
        let office = Office::open().await;
        let ship = ship(&office).await;
        let file = office.client.file(ship, |v| v.rsk_certificate);
        let all = content(4 * PIECE + 1);
        office.emulator.set_faults(Faults {
            rules: vec![Rule {
                every: 3,
                cut: Some(cut),
                path: Some("UploadBlock".to_owned()),
                ..Rule::default()
            }],
            ..Faults::default()
        });
        file.upload("plan.pdf", all.clone()).await.unwrap();
        office.emulator.set_faults(Faults {
            rules: vec![Rule {
                every: 2,
                cut: Some(cut),
                ..Rule::default()
            }],
            ..Faults::default()
        });
        let down = file.download().await.unwrap().unwrap();
        assert!(down.content == all);
    }
}

#[tokio::test]
async fn an_image_has_a_thumbnail_and_a_whole() {
    let office = Office::open().await;
    let ship = ship(&office).await;
    let photo = office.client.file(ship, |v| v.rsk_photo);
    assert_eq!(photo.download().await.unwrap(), None);
    // A pixel, as a PNG.
    let image = Bytes::from_base64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    )
    .unwrap();
    photo.upload("ship.png", image.0.clone()).await.unwrap();
    let row: Vessel = office.client.retrieve(ship).await.unwrap();
    assert!(row.rsk_photo.is_some());
    assert!(photo.download().await.unwrap().is_some());
    assert_eq!(photo.full().download().await.unwrap().unwrap().content, image.0);
}
