//! What must never be asked: addresses that lie inside somebody's network.
//!
//! A link or a name in a stranger's page could lead the crawler to the machine it runs on, its
//! neighbours or the metadata service of its cloud. A literal address skips every resolver, so it is
//! checked in the URL at each hop; a name is checked in the resolver given to the HTTP client, so that
//! the address checked is the address connected to and a second answer of the name server comes too
//! late.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why an address may not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only http and https are spoken.
    #[error("scheme `{0}` is not spoken")]
    Scheme(String),
    /// The port is not one a public site is asked on.
    #[error("port {0} is not allowed")]
    Port(u16),
    /// The address carries a user name or password, which would be sent and archived.
    #[error("the address carries credentials")]
    Credentials,
    /// The address lies in a range that is not public.
    #[error("{address} is {range}")]
    Address {
        /// The address.
        address: IpAddr,
        /// What its range is for.
        range: &'static str,
    },
}

/// IPv4 ranges that are not public (IANA's special-purpose registry), with what they are for.
const NOT_PUBLIC: [(Ipv4Addr, u32, &str); 17] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "unspecified"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (
        Ipv4Addr::new(100, 64, 0, 0),
        10,
        "shared by a carrier's customers",
    ),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    // A cloud's service for its own machines, on an address that looks public.
    (Ipv4Addr::new(168, 63, 129, 16), 32, "a metadata service"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "reserved for protocols"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "for documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "a retired relay"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
    (Ipv4Addr::new(255, 255, 255, 255), 32, "broadcast"),
];

/// Refuses what a URL alone shows to be out of bounds.
pub fn check_url(url: &Url, ports: &[u16], allow_private: bool) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_string()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    if allow_private {
        return Ok(());
    }
    match url.port_or_known_default() {
        Some(port) if !ports.contains(&port) => return Err(Refusal::Port(port)),
        _ => {}
    }
    match url.host() {
        Some(Host::Ipv4(address)) => check_address(address.into()),
        Some(Host::Ipv6(address)) => check_address(address.into()),
        _ => Ok(()),
    }
}

/// Refuses an address that is not public.
pub fn check_address(address: IpAddr) -> Result<(), Refusal> {
    let range = match address {
        IpAddr::V4(address) => range_v4(address),
        IpAddr::V6(address) => range_v6(address),
    };
    match range {
        Some(range) => Err(Refusal::Address { address, range }),
        None => Ok(()),
    }
}

fn range_v4(address: Ipv4Addr) -> Option<&'static str> {
    NOT_PUBLIC
        .iter()
        .find(|(base, prefix, _)| (address.to_bits() ^ base.to_bits()) >> (32 - prefix) == 0)
        .map(|(_, _, range)| *range)
}

/// Public IPv6 is 2000::/3 without its special parts, and IPv4 translated (64:ff9b::/96, 2002::/16)
/// as far as the IPv4 address inside is public. Everything else is somebody's own, or IPv4 mapped.
fn range_v6(address: Ipv6Addr) -> Option<&'static str> {
    let embedded =
        |high: u16, low: u16| range_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("loopback"),
        [0, 0, 0, 0, 0, _, _, _] => Some("an IPv4 address in disguise"),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2001, 0..=0x1ff, ..] => Some("reserved for protocols"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("for documentation"),
        [0x2002, high, low, ..] => embedded(high, low),
        [0x2000..=0x3fff, ..] => None,
        [0xfc00..=0xfdff, ..] => Some("unique to a local network"),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        _ => Some("not public"),
    }
}

/// The resolver given to the HTTP client.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resolver {
    /// Whether private addresses pass.
    pub(super) allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(NameUnknown)?;
            let addresses: Vec<SocketAddr> = found.collect();
            let passed = if allow_private {
                addresses
            } else {
                public(addresses)?
            };
            Ok(Box::new(passed.into_iter()) as Addrs)
        })
    }
}

/// The public ones of the addresses a name has; a refusal where none is.
fn public(addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Refusal> {
    let mut refusal = None;
    let passed = addresses
        .into_iter()
        .filter(|address| match check_address(address.ip()) {
            Ok(()) => true,
            Err(refused) => {
                refusal = Some(refused);
                false
            }
        });
    let passed: Vec<SocketAddr> = passed.collect();
    match refusal {
        Some(refusal) if passed.is_empty() => Err(refusal),
        _ => Ok(passed),
    }
}

/// A name that has no address.
#[derive(Debug)]
pub(super) struct NameUnknown(std::io::Error);

impl fmt::Display for NameUnknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name has no address")
    }
}

impl std::error::Error for NameUnknown {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Whether a reference names an IP address in a spelling other than its own (`2130706433`, `0x7f.1`): nobody
/// who means well does.
pub fn is_disguised(reference: &str, url: &Url) -> bool {
    matches!(url.host(), Some(Host::Ipv4(_)))
        && reference.contains("//")
        && !reference.contains(url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, passes: bool) {
        let verdict = check_url(&Url::parse(url).expect(url), &[80, 443, 8080], false);
        assert_eq!(verdict.is_ok(), passes, "{url}: {verdict:?}");
    }

    #[test]
    fn public_addresses_pass() {
        check("https://town.example/", true);
        check("http://8.8.8.8:8080/", true);
        check("http://[2606:4700::1111]/", true);
        check("http://[64:ff9b::808:808]/", true);
    }

    #[test]
    fn every_spelling_of_a_private_address_is_refused() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.31.0.1",
            "192.168.0.1",
            "192.0.0.192",
            "168.63.129.16",
            "224.0.0.1",
            "255.255.255.255",
            "100.100.100.200",
        ] {
            check(&format!("http://{host}/"), false);
        }
    }

    #[test]
    fn private_addresses_of_the_new_protocol_and_in_disguise_are_refused() {
        for host in [
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "100::1",
        ] {
            check(&format!("http://[{host}]/"), false);
        }
    }

    #[test]
    fn other_schemes_ports_and_credentials_are_refused() {
        check("file:///etc/hosts", false);
        check("javascript:alert(1)", false);
        check("ftp://town.example/", false);
        check("http://town.example:25/", false);
        check("http://mayor@town.example/", false);
    }

    #[test]
    fn a_source_may_open_the_guard_for_its_hosts_but_not_for_other_schemes() {
        let check = |url: &str| check_url(&Url::parse(url).expect(url), &[80], true);
        assert_eq!(check("http://127.0.0.1:8999/"), Ok(()));
        assert!(check("file:///etc/hosts").is_err());
    }

    #[test]
    fn an_address_in_another_spelling_is_known() {
        let check = |reference: &str, expected: bool| {
            let url = Url::parse("http://town.example/")
                .expect("valid")
                .join(reference)
                .expect("valid");
            assert_eq!(is_disguised(reference, &url), expected, "{reference}");
        };
        check("http://2130706433/", true);
        check("//0x7f.1/", true);
        check("http://127.0.0.1/x", false);
        check("/127/x", false);
    }

    #[test]
    fn of_a_name_with_mixed_addresses_only_the_public_ones_are_used() {
        let addresses = |texts: &[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|text| text.parse().expect("valid")).collect()
        };
        assert_eq!(
            public(addresses(&["8.8.8.8:0", "127.0.0.1:0"])),
            Ok(addresses(&["8.8.8.8:0"]))
        );
        assert!(public(addresses(&["10.0.0.1:0", "[::1]:0"])).is_err());
    }
}
