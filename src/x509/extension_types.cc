#include "x509/extension_types.h"

#include <algorithm>

#include "asn1/der_reader.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;
using asn1::parse_as;
using asn1::Tag;

constexpr std::size_t kMaxPolicies = 1000;

AccessDescription read_access_description(DerReader& in) {
  AccessDescription description;
  in.sequence([&](DerReader& body) {
    description.method = body.oid();
    description.location = read_general_name(body);
  });
  return description;
}

std::vector<AccessDescription> read_access_descriptions(DerReader& in) {
  std::vector<AccessDescription> descriptions;
  in.sequence([&](DerReader& body) {
    do {
      descriptions.push_back(read_access_description(body));
    } while (!body.at_end());
  });
  return descriptions;
}

PolicyQualifier read_policy_qualifier(DerReader& in) {
  PolicyQualifier qualifier;
  in.sequence([&](DerReader& body) {
    qualifier.type = body.oid();
    qualifier.value = to_bytes(body.any().whole);
  });
  return qualifier;
}

PolicyInformation read_policy(DerReader& in) {
  PolicyInformation policy;
  in.sequence([&](DerReader& body) {
    policy.policy = body.oid();
    if (body.at_end()) return;
    body.sequence([&](DerReader& qualifiers) {
      do {
        policy.qualifiers.push_back(read_policy_qualifier(qualifiers));
      } while (!qualifiers.at_end());
    });
  });
  return policy;
}

bool contains(const std::vector<PolicyInformation>& policies, const asn1::Oid& policy) {
  return std::any_of(policies.begin(), policies.end(),
                     [&](const auto& known) { return known.policy == policy; });
}

std::vector<GeneralName> read_subtrees(DerReader& in, Tag tag) {
  std::vector<GeneralName> bases;
  in.constructed(tag, [&](DerReader& subtrees) {
    do {
      // Minimum is 0, so DER leaves it out, and maximum must be absent (4.2.1.10): nothing follows.
      subtrees.sequence([&](DerReader& body) {
        bases.push_back(read_general_name(body, NameContext::Constraint));
      });
    } while (!subtrees.at_end());
  });
  return bases;
}

}  // namespace

Result<BasicConstraints> BasicConstraints::parse(ByteView value) {
  return parse_as<BasicConstraints>(value, "basicConstraints", [](DerReader& in, auto& parsed) {
    in.sequence([&](DerReader& body) {
      if (body.next_is(Tag::Boolean)) {
        parsed.ca = body.boolean();
        if (!parsed.ca) body.fail("cA FALSE is the default, which DER leaves out");
      }
      if (body.at_end()) return;
      parsed.path_length = body.small_integer();
      if (!parsed.ca) body.fail("a path length without cA");
    });
  });
}

Result<KeyUsage> KeyUsage::parse(ByteView value) {
  return parse_as<KeyUsage>(value, "keyUsage", [](DerReader& in, KeyUsage& parsed) {
    parsed.bits = in.named_bits();
    if (!in.failed() && (parsed.bits == 0 || parsed.bits >= 1U << 9)) {
      in.fail("no use at all, or one that is not defined");
    }
  });
}

bool ExtendedKeyUsage::has(const asn1::Oid& purpose) const {
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

Result<ExtendedKeyUsage> ExtendedKeyUsage::parse(ByteView value) {
  return parse_as<ExtendedKeyUsage>(value, "extendedKeyUsage", [](DerReader& in, auto& parsed) {
    in.sequence([&](DerReader& body) {
      do {
        parsed.purposes.push_back(body.oid());
      } while (!body.at_end());
    });
  });
}

std::vector<std::string> SubjectAlternativeName::dns_names() const {
  std::vector<std::string> found;
  for (const auto& name : names) {
    if (const auto* dns = std::get_if<DnsName>(&name)) found.push_back(dns->text);
  }
  return found;
}

Result<SubjectAlternativeName> SubjectAlternativeName::parse(ByteView value) {
  return parse_as<SubjectAlternativeName>(value, "subjectAltName", [](DerReader& in, auto& parsed) {
    parsed.names = read_general_names(in);
  });
}

Result<SubjectKeyIdentifier> SubjectKeyIdentifier::parse(ByteView value) {
  return parse_as<SubjectKeyIdentifier>(
      value, "subjectKeyIdentifier",
      [](DerReader& in, auto& parsed) { parsed.key_id = to_bytes(in.octet_string()); });
}

Result<AuthorityKeyIdentifier> AuthorityKeyIdentifier::parse(ByteView value) {
  const auto read_serial = [](DerReader& in) -> std::optional<SerialNumber> {
    const ByteView number = in.integer(context(2));
    if (in.failed()) return std::nullopt;
    if ((number[0] & 0x80U) != 0) return in.fail("a negative serial number"), std::nullopt;
    const auto serial = SerialNumber::from_octets(number);
    if (!serial) return in.fail(serial.error().cause), std::nullopt;
    return *serial;
  };
  const auto read = [&](DerReader& in, AuthorityKeyIdentifier& parsed) {
    in.sequence([&](DerReader& body) {
      if (body.next_is(context(0))) parsed.key_id = to_bytes(body.element(context(0)));
      if (body.next_is(context_constructed(1))) {
        parsed.issuer = read_general_names(body, context_constructed(1));
      }
      if (body.next_is(context(2))) parsed.serial = read_serial(body);
      if (parsed.issuer.empty() == parsed.serial.has_value()) {
        body.fail("an issuer without a serial number, or the other way round");
      }
    });
  };
  return parse_as<AuthorityKeyIdentifier>(value, "authorityKeyIdentifier", read);
}

std::vector<std::string> AuthorityInfoAccess::uris(const asn1::Oid& method) const {
  std::vector<std::string> found;
  for (const auto& description : descriptions) {
    const auto* uri = std::get_if<UniformResourceIdentifier>(&description.location);
    if (description.method == method && uri != nullptr) found.push_back(uri->text);
  }
  return found;
}

Result<AuthorityInfoAccess> AuthorityInfoAccess::parse(ByteView value) {
  return parse_as<AuthorityInfoAccess>(
      value, "authorityInfoAccess",
      [](DerReader& in, auto& parsed) { parsed.descriptions = read_access_descriptions(in); });
}

Result<SubjectInfoAccess> SubjectInfoAccess::parse(ByteView value) {
  return parse_as<SubjectInfoAccess>(value, "subjectInfoAccess", [](DerReader& in, auto& parsed) {
    parsed.descriptions = read_access_descriptions(in);
  });
}

std::optional<std::string> PolicyQualifier::cps_uri() const {
  if (type != oids::kPolicyQualifierCps) return std::nullopt;
  DerReader in(value);
  auto uri = to_text(in.element(Tag::Ia5String));
  return in.finish("CPS") ? std::optional(std::move(uri)) : std::nullopt;
}

Result<CertificatePolicies> CertificatePolicies::parse(ByteView value) {
  return parse_as<CertificatePolicies>(value, "certificatePolicies",
                                       [](DerReader& in, auto& parsed) {
                                         in.sequence([&](DerReader& body) {
                                           do {
                                             if (parsed.policies.size() == kMaxPolicies)
                                               return body.fail("too many policies");
                                             auto policy = read_policy(body);
                                             if (contains(parsed.policies, policy.policy))
                                               return body.fail("a policy comes twice");
                                             parsed.policies.push_back(std::move(policy));
                                           } while (!body.at_end());
                                         });
                                       });
}

Result<NameConstraints> NameConstraints::parse(ByteView value) {
  return parse_as<NameConstraints>(value, "nameConstraints", [](DerReader& in, auto& parsed) {
    in.sequence([&](DerReader& body) {
      if (body.next_is(context_constructed(0))) {
        parsed.permitted = read_subtrees(body, context_constructed(0));
      }
      if (body.next_is(context_constructed(1))) {
        parsed.excluded = read_subtrees(body, context_constructed(1));
      }
      if (parsed.permitted.empty() && parsed.excluded.empty()) body.fail("no subtree at all");
    });
  });
}

}  // namespace everseal::x509
