//! Certificates in PEM and PFX, whose signatures the double checks.

use crate::environment::{SERVICE, refused, signed_in, start};
use dataverse_emulator::Running;
use dataverse_emulator::identity::{Certificate, Directory};
use dataverse_runtime::client::credential::{CertificateError, ClientCertificate};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};

/// An environment whose application has this certificate instead of a secret.
async fn with(certificate: &str) -> Running {
    let certificate = Certificate::from_pem(certificate).unwrap();
    start(|directory| {
        let application = directory
            .applications
            .iter_mut()
            .find(|application| application.client_id == Directory::CLIENT)
            .unwrap();
        application.secrets.clear();
        application.certificates.push(certificate);
    })
    .await
}

#[tokio::test]
async fn a_pem_file() {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let names = vec!["rsk.example".to_owned()];
    let made = CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
    let running = with(&made.pem()).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("application.pem");
    std::fs::write(&file, format!("{}{}", made.pem(), key.serialize_pem())).unwrap();
    let credential = ClientCertificate::from_file(Directory::CLIENT, &file, "").unwrap();
    assert_eq!(signed_in(&running, credential.clone()).await.unwrap(), SERVICE);
    assert_eq!(
        signed_in(&running, credential.send_chain()).await.unwrap(),
        SERVICE
    );
}

/// Made by OpenSSL: as it does today, as Windows and OpenSSL 1 did, and without a password.
const PFX: [(&str, &[u8], &str); 3] = [
    ("aes", include_bytes!("pfx/aes.pfx"), "open sesame"),
    ("legacy", include_bytes!("pfx/legacy.pfx"), "open sesame"),
    ("no password", include_bytes!("pfx/no_password.pfx"), ""),
];

#[tokio::test]
async fn pfx_files_of_several_ages() {
    let running = with(include_str!("pfx/certificate.pem")).await;
    for (age, file, password) in PFX {
        let credential = ClientCertificate::from_pfx(Directory::CLIENT, file, password);
        let credential = credential.unwrap_or_else(|error| panic!("{age}: {error}"));
        assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE, "{age}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("application.pfx");
    std::fs::write(&file, PFX[0].1).unwrap();
    let credential = ClientCertificate::from_file(Directory::CLIENT, &file, PFX[0].2).unwrap();
    assert_eq!(signed_in(&running, credential).await.unwrap(), SERVICE);
}

#[test]
fn pfx_files_that_cannot_be_used() {
    let of = |file: &[u8], password: &str| {
        ClientCertificate::from_pfx(Directory::CLIENT, file, password).unwrap_err()
    };
    assert_eq!(of(PFX[0].1, "hunter2"), CertificateError::Pfx);
    assert_eq!(of(PFX[1].1, ""), CertificateError::Pfx);
    assert_eq!(
        of(include_bytes!("pfx/elliptic.pfx"), ""),
        CertificateError::NotRsa
    );
    assert_eq!(of(b"", ""), CertificateError::Pfx);
    for cut in [1, 10, 100, 1_000, PFX[0].1.len() - 1] {
        assert_eq!(
            of(&PFX[0].1[..cut], "open sesame"),
            CertificateError::Pfx,
            "{cut}"
        );
    }
}

#[tokio::test]
async fn a_certificate_that_the_application_does_not_have() {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let names = vec!["rsk.example".to_owned()];
    let made = CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
    let running = with(include_str!("pfx/certificate.pem")).await;
    let pem = format!("{}{}", made.pem(), key.serialize_pem());
    let credential = ClientCertificate::from_pem(Directory::CLIENT, &pem).unwrap();
    let refused = refused(&running, credential).await;
    assert!(
        refused.contains("the app registration doesn't know this certificate"),
        "{refused}"
    );
}
