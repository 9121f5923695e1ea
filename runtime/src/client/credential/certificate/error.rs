//! Why a certificate can't be used, and what to do.

/// A certificate can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The file can't be read.
    #[error("the certificate file {file} can't be read: {reason}")]
    File {
        /// Its path.
        file: String,
        /// Why.
        reason: String,
    },
    /// There is no private key.
    #[error("there is no private key beside the certificate: give one text or file that holds both")]
    NoKey,
    /// There is no certificate.
    #[error("there is no certificate beside the private key: give one text or file that holds both")]
    NoCertificate,
    /// The private key needs a password.
    #[error(
        "the private key is encrypted: decrypt it with `openssl pkey -in key.pem -out plain.pem`, or give a PFX file with its \
         password"
    )]
    Encrypted,
    /// The private key is of another kind.
    #[error(
        "the private key is no RSA key, and Entra ID takes no others: make a certificate with an RSA key of 2,048 bits or more"
    )]
    NotRsa,
    /// The private key can't be read.
    #[error("the private key can't be read: it is damaged, or no RSA key of 2,048 to 8,192 bits")]
    Key,
    /// The certificate belongs to another key.
    #[error("no certificate belongs to the private key: give the two that were made together")]
    Mismatch,
    /// The text is no PEM.
    #[error("the PEM text is damaged: {0}")]
    Pem(String),
    /// The file is no PFX file, or the password is another.
    #[error("the file can't be opened as PFX: the password is wrong, or the file is damaged or no PFX file")]
    Pfx,
    /// PFX files aren't supported in this build.
    #[error(
        "the file is no PEM text. PFX files are read with the feature `pfx` of dataverse-runtime: switch it on, or convert \
         the file with `openssl pkcs12 -in application.pfx -nodes -out application.pem`"
    )]
    NoPfx,
}
