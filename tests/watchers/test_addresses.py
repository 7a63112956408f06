"""Which addresses may be asked."""

from ipaddress import ip_address

import pytest

from watchers.addresses import Refused, checked, host_port, is_public, literal


@pytest.mark.parametrize(
    "spelled",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "0.0.0.0",  # noqa: S104 - an address to refuse, not one to listen on
        "0",
        "::",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fc00::1",
        "fec0::1",
        "fe80::1",
        "fe80::1%25eth0",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_no_spelling_of_an_inner_address_is_public(spelled: str) -> None:
    """An address that is not of the open Internet is refused however it is written."""
    address = literal(spelled)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize("spelled", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_open_addresses_are_public(spelled: str) -> None:
    """Public addresses pass, also where IPv6 stands for a public IPv4 one."""
    assert is_public(ip_address(spelled))


@pytest.mark.parametrize("name", ["example.org", "localhost", "1.example.org", "xn--r8jz45g.jp", ""])
def test_names_are_no_literals(name: str) -> None:
    """A name is left to the resolver."""
    assert literal(name) is None


@pytest.mark.parametrize(
    ("host", "port", "expected"),
    [
        ("Example.ORG", 80, "example.org:80"),
        ("example.org.", 443, "example.org:443"),
        ("::1", 8080, "[::1]:8080"),
    ],
)
def test_hosts_are_named_one_way(host: str, port: int, expected: str) -> None:
    """Case and a final dot make no difference to `watch.allow_hosts`."""
    assert host_port(host, port) == expected


@pytest.mark.parametrize("asked", [True, False])
def test_only_whoever_asked_for_an_address_is_told_how_to_allow_it(asked: bool) -> None:
    """Where a redirect led inside, advice would be the server's, not ours."""
    with pytest.raises(Refused) as refused:
        checked("http://10.0.0.1:8080/feed", frozenset(), asked=asked)
    assert str(refused.value).startswith("10.0.0.1 is a private address")
    assert ("add 10.0.0.1:8080 to watch.allow_hosts" in str(refused.value)) == asked
    assert checked("http://10.0.0.1:8080/feed", frozenset({"10.0.0.1:8080"}), asked=asked).port == 8080
