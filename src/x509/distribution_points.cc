#include "asn1/der_reader.h"
#include "x509/crl_extensions.h"
#include "x509/extension_types.h"

// CRLDistributionPoints, the most deeply nested of the standard extensions, and its counterpart in
// CRLs.
namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;

// DistributionPointName is a CHOICE, so the [0] around it is explicit.
template <class Point>
void read_point_name(DerReader& in, Point& point) {
  in.constructed(context_constructed(0), [&](DerReader& body) {
    if (body.next_is(context_constructed(0))) {
      point.full_name = read_general_names(body, context_constructed(0));
    } else if (body.next_is(context_constructed(1))) {
      point.relative_name = to_bytes(body.any().content);
    }
  });
}

DistributionPoint read_point(DerReader& in) {
  DistributionPoint point;
  in.sequence([&](DerReader& body) {
    if (body.next_is(context_constructed(0))) read_point_name(body, point);
    if (body.next_is(context(1))) point.reasons = body.named_bits(context(1));
    if (body.next_is(context_constructed(2))) {
      point.crl_issuer = read_general_names(body, context_constructed(2));
    }
    // RFC 5280, 4.2.1.13: "a DistributionPoint MUST NOT consist of only the reasons field".
    const bool named = !point.full_name.empty() || !point.relative_name.empty();
    if (!named && point.crl_issuer.empty()) body.fail("a point without a name or an issuer");
  });
  return point;
}

std::vector<std::string> uris_among(const std::vector<GeneralName>& names) {
  std::vector<std::string> found;
  for (const auto& name : names) {
    if (const auto* uri = std::get_if<UniformResourceIdentifier>(&name)) found.push_back(uri->text);
  }
  return found;
}

// BOOLEAN DEFAULT FALSE.
bool read_flag(DerReader& in, unsigned number) {
  if (!in.next_is(context(number))) return false;
  if (!in.boolean(context(number))) in.fail("FALSE is the default, which DER leaves out");
  return true;
}

void read_issuing_point(DerReader& in, IssuingDistributionPoint& point) {
  // RFC 5280, 5.2.5: "MUST NOT issue CRLs where the DER encoding [...] is an empty sequence".
  if (in.at_end()) in.fail("an empty distribution point");
  if (in.next_is(context_constructed(0))) {
    read_point_name(in, point);
    const bool named = !point.full_name.empty() || !point.relative_name.empty();
    if (!named) in.fail("a point without a name");
  }
  point.only_user_certificates = read_flag(in, 1);
  point.only_ca_certificates = read_flag(in, 2);
  if (in.next_is(context(3))) point.only_reasons = in.named_bits(context(3));
  point.is_indirect = read_flag(in, 4);
  point.only_attribute_certificates = read_flag(in, 5);
  if (point.only_user_certificates + point.only_ca_certificates +
          point.only_attribute_certificates >
      1) {
    in.fail("two kinds of certificates, each of which is the only one");
  }
}

}  // namespace

IssuingDistributionPoint IssuingDistributionPoint::at(std::string uri) {
  IssuingDistributionPoint point;
  point.full_name.emplace_back(UniformResourceIdentifier{std::move(uri)});
  return point;
}

std::vector<std::string> IssuingDistributionPoint::uris() const { return uris_among(full_name); }

Result<IssuingDistributionPoint> IssuingDistributionPoint::parse(ByteView value) {
  return asn1::parse_as<IssuingDistributionPoint>(
      value, "issuingDistributionPoint", [](DerReader& in, auto& parsed) {
        in.sequence([&](DerReader& body) { read_issuing_point(body, parsed); });
      });
}

CrlDistributionPoints CrlDistributionPoints::at(std::string uri) {
  DistributionPoint point;
  point.full_name.emplace_back(UniformResourceIdentifier{std::move(uri)});
  return {{std::move(point)}};
}

std::vector<std::string> CrlDistributionPoints::uris() const {
  std::vector<std::string> found;
  for (const auto& point : points) {
    for (auto& uri : uris_among(point.full_name)) found.push_back(std::move(uri));
  }
  return found;
}

Result<CrlDistributionPoints> CrlDistributionPoints::parse(ByteView value) {
  return asn1::parse_as<CrlDistributionPoints>(value, "cRLDistributionPoints",
                                               [](DerReader& in, auto& parsed) {
                                                 in.sequence([&](DerReader& body) {
                                                   do {
                                                     parsed.points.push_back(read_point(body));
                                                   } while (!body.at_end());
                                                 });
                                               });
}

}  // namespace everseal::x509
