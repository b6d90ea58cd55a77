#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "asn1/oid.h"
#include "x509/extension_types.h"

namespace everseal::issuance {

// What fills the places that a template leaves open.
enum class Passthrough { None, Csr, Api, ApiCsr };

constexpr bool takes_csr(Passthrough passthrough) {
  return passthrough == Passthrough::Csr || passthrough == Passthrough::ApiCsr;
}
constexpr bool takes_api(Passthrough passthrough) {
  return passthrough == Passthrough::Api || passthrough == Passthrough::ApiCsr;
}

enum class SubjectKind { EndEntity, SubordinateCa, RootCa };

// The mould of a certificate: what is fixed, and who fills the rest. Private CA publishes them, and
// each has an ARN, "arn:aws:acm-pca:::template/EndEntityCertificate/V1".
struct Template {
  std::string name;  // "EndEntityCertificate_APIPassthrough"
  SubjectKind subject_kind;
  Passthrough passthrough;
  bool critical_basic_constraints;
  std::optional<std::uint32_t> path_length;       // CAs only
  std::optional<x509::KeyUsage> key_usage;        // always critical; nothing: left open
  std::span<const asn1::Oid> extended_key_usage;  // empty: left open
  bool critical_extended_key_usage;
  // CRL distribution points may come from the API although the CA has none of its own.
  bool crl_distribution_points_from_api;

  bool is_ca() const { return subject_kind != SubjectKind::EndEntity; }
  std::string arn() const;
};

// All 56, in the order of the published table.
std::span<const Template> all_templates();

// The one with this ARN, or nullptr.
const Template* find_template(std::string_view arn);

// "arn:aws:acm-pca:::template/EndEntityCertificate/V1": what IssueCertificate takes if none is
// named.
const Template& default_template();

}  // namespace everseal::issuance
