#include "x509/general_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <bit>

#include "x509/directory_string.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;
using asn1::Tag;

constexpr std::size_t kMaxNames = 10'000;

std::string read_ia5(DerReader& in, Tag tag) {
  const ByteView content = in.element(tag);
  const bool ascii =
      std::all_of(content.begin(), content.end(), [](auto octet) { return octet < 0x80; });
  if (!ascii) in.fail("an IA5String above 0x7f");
  return to_text(content);
}

OtherName read_other_name(DerReader& in) {
  OtherName name;
  in.constructed(context_constructed(0), [&](DerReader& body) {
    name.type = body.oid();
    body.constructed(context_constructed(0),
                     [&](DerReader& value) { name.value = to_bytes(value.any().whole); });
  });
  return name;
}

DirectoryName read_directory_name(DerReader& in) {
  DirectoryName directory;
  // Name is a CHOICE, so its [4] is explicit (RFC 5280, A.2).
  in.constructed(context_constructed(4),
                 [&](DerReader& body) { directory.name = Name::read(body); });
  return directory;
}

// DirectoryString is a CHOICE too.
std::string read_party(DerReader& in, unsigned number) {
  std::string party;
  in.constructed(context_constructed(number), [&](DerReader& body) {
    const auto [tag, content, whole] = body.any();
    const auto text = string_to_utf8(tag, content);
    if (!text) return body.fail("not a DirectoryString");
    party = *text;
  });
  return party;
}

EdiPartyName read_edi_party_name(DerReader& in) {
  EdiPartyName name;
  in.constructed(context_constructed(5), [&](DerReader& body) {
    if (body.next_is(context_constructed(0))) name.name_assigner = read_party(body, 0);
    name.party_name = read_party(body, 1);
  });
  return name;
}

// Ones and then zeros.
bool is_prefix_mask(ByteView mask) {
  const auto first_other = std::find_if(mask.begin(), mask.end(), [](auto o) { return o != 0xff; });
  if (first_other == mask.end()) return true;
  const auto rest = std::next(first_other);
  return std::countl_one(*first_other) + std::countr_zero(*first_other) == 8 &&
         std::all_of(rest, mask.end(), [](auto octet) { return octet == 0; });
}

IpAddress read_ip_address(DerReader& in, NameContext where) {
  const ByteView octets = in.element(context(7));
  const std::size_t factor = where == NameContext::Constraint ? 2 : 1;
  const bool sized = octets.size() == 4 * factor || octets.size() == 16 * factor;
  if (!sized) return in.fail("an IP address of no known length"), IpAddress{};
  if (where == NameContext::Constraint && !is_prefix_mask(octets.last(octets.size() / 2))) {
    in.fail("an IP mask with holes");
  }
  return {to_bytes(octets)};
}

template <std::size_t Size>
std::optional<Bytes> address(int family, const char* text) {
  Bytes octets(Size);
  return inet_pton(family, text, octets.data()) == 1 ? std::optional(octets) : std::nullopt;
}

std::string address_text(ByteView octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = octets.size() == 4 ? AF_INET : AF_INET6;
  inet_ntop(family, octets.data(), text.data(), text.size());
  return text.data();
}

int ones_in(ByteView mask) {
  int count = 0;
  for (const std::uint8_t octet : mask) count += std::popcount(octet);
  return count;
}

struct Printer {
  std::string operator()(const OtherName& name) const { return "othername:" + name.type.text(); }
  std::string operator()(const Rfc822Name& name) const { return "email:" + name.text; }
  std::string operator()(const DnsName& name) const { return "DNS:" + name.text; }
  std::string operator()(const X400Address&) const { return "X400Name"; }
  std::string operator()(const DirectoryName& name) const { return "DirName:" + name.name.text(); }
  std::string operator()(const EdiPartyName& name) const {
    return "EdiPartyName:" + name.party_name;
  }
  std::string operator()(const UniformResourceIdentifier& name) const { return "URI:" + name.text; }
  std::string operator()(const IpAddress& name) const { return "IP Address:" + name.text(); }
  std::string operator()(const RegisteredId& name) const {
    return "Registered ID:" + name.oid.text();
  }
};

}  // namespace

Result<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  auto octets = address<4>(AF_INET, terminated.c_str());
  if (!octets) octets = address<16>(AF_INET6, terminated.c_str());
  const bool whole = terminated.find('\0') == std::string::npos;
  if (!octets || !whole) return Fault::malformed("IP address: neither IPv4 nor IPv6");
  return IpAddress{*octets};
}

std::string IpAddress::text() const {
  const ByteView all = octets;
  if (all.size() == 4 || all.size() == 16) return address_text(all);
  if (all.size() != 8 && all.size() != 32) return "invalid";
  const std::size_t half = all.size() / 2;
  return address_text(all.first(half)) + '/' + std::to_string(ones_in(all.last(half)));
}

GeneralName read_general_name(DerReader& in, NameContext where) {
  const Tag tag = in.next_tag();
  if (tag == context_constructed(0)) return read_other_name(in);
  if (tag == context(1)) return Rfc822Name{read_ia5(in, tag)};
  if (tag == context(2)) return DnsName{read_ia5(in, tag)};
  if (tag == context_constructed(3)) return X400Address{to_bytes(in.any().content)};
  if (tag == context_constructed(4)) return read_directory_name(in);
  if (tag == context_constructed(5)) return read_edi_party_name(in);
  if (tag == context(6)) return UniformResourceIdentifier{read_ia5(in, tag)};
  if (tag == context(7)) return read_ip_address(in, where);
  if (tag == context(8)) return RegisteredId{in.oid(tag)};
  in.fail("not a GeneralName");
  return DnsName{};
}

std::vector<GeneralName> read_general_names(DerReader& in, Tag tag) {
  std::vector<GeneralName> names;
  in.constructed(tag, [&](DerReader& body) {
    do {
      if (names.size() == kMaxNames) return body.fail("too many names");
      names.push_back(read_general_name(body));
    } while (!body.at_end());
  });
  return names;
}

std::string describe(const GeneralName& name) { return std::visit(Printer{}, name); }

}  // namespace everseal::x509
