#include "asn1/der_reader.h"
#include "x509/extension_types.h"

// CRLDistributionPoints, the most deeply nested of the standard extensions.
namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;

// DistributionPointName is a CHOICE, so the [0] around it is explicit.
void read_point_name(DerReader& in, DistributionPoint& point) {
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

}  // namespace

CrlDistributionPoints CrlDistributionPoints::at(std::string uri) {
  DistributionPoint point;
  point.full_name.emplace_back(UniformResourceIdentifier{std::move(uri)});
  return {{std::move(point)}};
}

std::vector<std::string> CrlDistributionPoints::uris() const {
  std::vector<std::string> found;
  for (const auto& point : points) {
    for (const auto& name : point.full_name) {
      if (const auto* uri = std::get_if<UniformResourceIdentifier>(&name)) {
        found.push_back(uri->text);
      }
    }
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
