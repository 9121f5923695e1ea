//! The choices that several columns share.

use ::dataverse_runtime as rt;

/// **Rig**: the options of the global choice `rsk_rig`.
pub enum RskRig {
    /// 10: Sloop
    ///
    /// In other languages: Slup (1031).
    Sloop,
    /// 20: Ketch
    Ketch,
}

impl rt::ChoiceSet for RskRig {
    const NAME: &'static str = "rsk_rig";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (10, Self::Sloop, "Sloop"),
        (20, Self::Ketch, "Ketch"),
    ];
}
