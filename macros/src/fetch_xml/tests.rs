//! What the macro writes, and what it refuses.

use super::expand;
use crate::errors::reported;
use quote::quote;
