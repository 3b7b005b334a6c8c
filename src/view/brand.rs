//! The logo that stands in the head of every page.

use base64::Engine;

use crate::source::Attachment;

/// A logo, ready to stand in a page.
///
/// A browser shows an image from a `data:` address without running or loading anything that is in it, an
/// SVG included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The image as a `data:` address.
    pub source: String,
}

impl Brand {
    /// From the image's bytes.
    #[must_use]
    pub fn new(image: &Attachment) -> Self {
        let data = base64::engine::general_purpose::STANDARD.encode(&image.bytes);
        Self { source: format!("data:{};base64,{data}", image.media) }
    }
}
