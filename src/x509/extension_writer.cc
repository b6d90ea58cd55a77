#include "x509/extension_writer.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerWriter;
using asn1::Tag;

template <class Body>
Extension extension(const asn1::Oid& type, Criticality criticality, Body&& body) {
  DerWriter out(64);
  std::forward<Body>(body)(out);
  return {type, criticality == Criticality::Critical, std::move(out).take()};
}

// DistributionPointName, of a DistributionPoint or an IssuingDistributionPoint.
template <class Point>
void write_point_name(DerWriter& out, const Point& point) {
  if (!point.full_name.empty()) {
    out.constructed(context_constructed(0),
                    [&] { write_general_names(out, point.full_name, context_constructed(0)); });
  } else if (!point.relative_name.empty()) {
    out.constructed(context_constructed(0),
                    [&] { out.element(context_constructed(1), point.relative_name); });
  }
}

void write_distribution_point(DerWriter& out, const DistributionPoint& point) {
  out.sequence([&] {
    write_point_name(out, point);
    if (point.reasons) out.named_bits(*point.reasons, context(1));
    if (!point.crl_issuer.empty()) {
      write_general_names(out, point.crl_issuer, context_constructed(2));
    }
  });
}

void write_access(DerWriter& out, const std::vector<AccessDescription>& descriptions) {
  out.sequence([&] {
    for (const auto& description : descriptions) {
      out.sequence([&] {
        out.oid(description.method);
        write_general_name(out, description.location);
      });
    }
  });
}

void write_policy(DerWriter& out, const PolicyInformation& policy) {
  out.sequence([&] {
    out.oid(policy.policy);
    if (policy.qualifiers.empty()) return;
    out.sequence([&] {
      for (const auto& qualifier : policy.qualifiers) {
        out.sequence([&] {
          out.oid(qualifier.type);
          out.raw(qualifier.value);
        });
      }
    });
  });
}

void write_subtrees(DerWriter& out, const std::vector<GeneralName>& bases, unsigned number) {
  if (bases.empty()) return;
  out.constructed(context_constructed(number), [&] {
    for (const auto& base : bases) out.sequence([&] { write_general_name(out, base); });
  });
}

}  // namespace

Extension to_extension(const BasicConstraints& value, Criticality criticality) {
  return extension(value.kOid, criticality, [&](DerWriter& out) {
    out.sequence([&] {
      if (value.ca) out.boolean(true);
      if (value.path_length) out.integer(*value.path_length);
    });
  });
}

Extension to_extension(const KeyUsage& value, Criticality criticality) {
  return extension(value.kOid, criticality, [&](DerWriter& out) { out.named_bits(value.bits); });
}

Extension to_extension(const ExtendedKeyUsage& value, Criticality criticality) {
  return extension(value.kOid, criticality, [&](DerWriter& out) {
    out.sequence([&] {
      for (const auto& purpose : value.purposes) out.oid(purpose);
    });
  });
}

Extension to_extension(const SubjectAlternativeName& value, Criticality criticality) {
  return extension(value.kOid, criticality,
                   [&](DerWriter& out) { write_general_names(out, value.names); });
}

Extension to_extension(const SubjectKeyIdentifier& value) {
  return extension(value.kOid, Criticality::NotCritical,
                   [&](DerWriter& out) { out.octet_string(value.key_id); });
}

Extension to_extension(const AuthorityKeyIdentifier& value) {
  return extension(value.kOid, Criticality::NotCritical, [&](DerWriter& out) {
    out.sequence([&] {
      if (value.key_id) out.element(context(0), *value.key_id);
      if (!value.issuer.empty()) write_general_names(out, value.issuer, context_constructed(1));
      if (value.serial) out.integer(value.serial->octets(), context(2));
    });
  });
}

Extension to_extension(const CrlDistributionPoints& value, Criticality criticality) {
  return extension(value.kOid, criticality, [&](DerWriter& out) {
    out.sequence([&] {
      for (const auto& point : value.points) write_distribution_point(out, point);
    });
  });
}

Extension to_extension(const AuthorityInfoAccess& value) {
  return extension(value.kOid, Criticality::NotCritical,
                   [&](DerWriter& out) { write_access(out, value.descriptions); });
}

Extension to_extension(const SubjectInfoAccess& value) {
  return extension(value.kOid, Criticality::NotCritical,
                   [&](DerWriter& out) { write_access(out, value.descriptions); });
}

Extension to_extension(const CertificatePolicies& value, Criticality criticality) {
  return extension(value.kOid, criticality, [&](DerWriter& out) {
    out.sequence([&] {
      for (const auto& policy : value.policies) write_policy(out, policy);
    });
  });
}

Extension to_extension(const NameConstraints& value) {
  return extension(value.kOid, Criticality::Critical, [&](DerWriter& out) {
    out.sequence([&] {
      write_subtrees(out, value.permitted, 0);
      write_subtrees(out, value.excluded, 1);
    });
  });
}

Extension to_extension(const CrlNumber& value) {
  return extension(value.kOid, Criticality::NotCritical,
                   [&](DerWriter& out) { out.integer(value.magnitude); });
}

Extension to_extension(const DeltaCrlIndicator& value) {
  return extension(value.kOid, Criticality::Critical,
                   [&](DerWriter& out) { out.integer(value.base.magnitude); });
}

Extension to_extension(const IssuingDistributionPoint& value) {
  // All flags are FALSE by default, which DER leaves out.
  const auto flag = [](DerWriter& out, bool set, unsigned number) {
    if (set) out.boolean(true, context(number));
  };
  return extension(value.kOid, Criticality::Critical, [&](DerWriter& out) {
    out.sequence([&] {
      write_point_name(out, value);
      flag(out, value.only_user_certificates, 1);
      flag(out, value.only_ca_certificates, 2);
      if (value.only_reasons) out.named_bits(*value.only_reasons, context(3));
      flag(out, value.is_indirect, 4);
      flag(out, value.only_attribute_certificates, 5);
    });
  });
}

PolicyQualifier PolicyQualifier::cps(std::string_view uri) {
  DerWriter out(uri.size() + 8);
  out.text(Tag::Ia5String, uri);
  return {oids::kPolicyQualifierCps, std::move(out).take()};
}

void write_extensions(DerWriter& out, std::span<const Extension> extensions) {
  out.sequence([&] {
    for (const auto& extension : extensions) {
      out.sequence([&] {
        out.oid(extension.type);
        if (extension.critical) out.boolean(true);
        out.octet_string(extension.value);
      });
    }
  });
}

}  // namespace everseal::x509
