//! Where pages are shown, as it is written on the command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Where pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServeAddress {
    /// On this machine, at the usual port or a free one.
    Usual,
    /// At this address and no other.
    At(SocketAddr),
}

impl ServeAddress {
    /// `8080`, `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`; nothing is the usual address. Names are not
    /// looked up: which machines see the pages has to stand there.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let home = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let port = |text: &str| text.parse::<u16>().ok();
        let at_home = text.strip_prefix("localhost:").unwrap_or(text);
        match (port(at_home), text.parse::<SocketAddr>().ok()) {
            _ if text.is_empty() || text == "localhost" => Ok(Self::Usual),
            (Some(port), _) => Ok(Self::At(SocketAddr::new(home, port))),
            (_, Some(address)) => Ok(Self::At(address)),
            _ => Err(
                "write a port up to 65535 (0 for any that is free) or an address with one, such as `--serve=8080` or \
                 `--serve=127.0.0.1:8080`"
                    .to_owned(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_serve_at_is_a_port_or_numbers_with_a_port() {
        let at = |text: &str| Ok(ServeAddress::At(text.parse().expect("an address")));
        assert_eq!(ServeAddress::parse(""), Ok(ServeAddress::Usual));
        assert_eq!(ServeAddress::parse("localhost"), Ok(ServeAddress::Usual));
        assert_eq!(ServeAddress::parse("8080"), at("127.0.0.1:8080"));
        assert_eq!(ServeAddress::parse("localhost:8080"), at("127.0.0.1:8080"));
        assert_eq!(ServeAddress::parse("[::1]:8080"), at("[::1]:8080"));
        assert_eq!(ServeAddress::parse("0.0.0.0:8080"), at("0.0.0.0:8080"));
        assert_eq!(ServeAddress::parse("0"), at("127.0.0.1:0"));
        assert_eq!(ServeAddress::parse("127.0.0.1:0"), at("127.0.0.1:0"));
        for wrong in ["plan.md", "-1", "70000", "example.org:80", "127.0.0.1"] {
            assert!(
                ServeAddress::parse(wrong).is_err_and(|sentence| sentence.contains("--serve=8080")),
                "{wrong}"
            );
        }
    }
}
