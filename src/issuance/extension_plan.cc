#include "issuance/extension_plan.h"

#include <algorithm>
#include <array>

#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::issuance {
namespace {

using x509::Criticality;
using x509::Extension;
using x509::to_extension;
using Maybe = std::optional<Extension>;
namespace oids = x509::oids;

// Those with a place and a rule of their own.
constexpr std::array ruled{
    oids::kSubjectAlternativeName, oids::kBasicConstraints,   oids::kAuthorityKeyIdentifier,
    oids::kSubjectKeyIdentifier,   oids::kKeyUsage,           oids::kExtendedKeyUsage,
    oids::kCrlDistributionPoints,  oids::kAuthorityInfoAccess};

bool is_ruled(const asn1::Oid& type) { return std::ranges::find(ruled, type) != ruled.end(); }

Maybe copy_of(const Extension* found) { return found == nullptr ? Maybe{} : Maybe(*found); }

const Extension* find_in(const std::vector<Extension>& all, const asn1::Oid& type) {
  const auto found = std::ranges::find(all, type, &Extension::type);
  return found == all.end() ? nullptr : &*found;
}

std::vector<Extension> as_extensions(const ApiPassthrough& api) {
  std::vector<Extension> all;
  if (!api.subject_alternative_names.empty()) {
    all.push_back(to_extension(x509::SubjectAlternativeName{api.subject_alternative_names},
                               Criticality::NotCritical));
  }
  if (api.key_usage.bits != 0) {
    all.push_back(to_extension(api.key_usage, Criticality::Critical));
  }
  if (!api.extended_key_usage.empty()) {
    all.push_back(
        to_extension(x509::ExtendedKeyUsage{api.extended_key_usage}, Criticality::NotCritical));
  }
  if (!api.certificate_policies.empty()) {
    all.push_back(to_extension(x509::CertificatePolicies{api.certificate_policies}));
  }
  all.insert(all.end(), api.custom_extensions.begin(), api.custom_extensions.end());
  return all;
}

const Extension* first_repeated(const std::vector<Extension>& all) {
  for (auto at = all.begin(); at != all.end(); ++at) {
    if (std::ranges::find(at + 1, all.end(), at->type, &Extension::type) != all.end()) return &*at;
  }
  return nullptr;
}

void add(std::vector<Extension>& out, Maybe extension) {
  if (extension) out.push_back(*std::move(extension));
}

}  // namespace

const x509::Csr* csr_of(const Order& order) {
  const auto* held = std::get_if<std::reference_wrapper<const x509::Csr>>(&order.applicant);
  return held == nullptr ? nullptr : &held->get();
}

ByteView subject_of(const Order& order) {
  static const x509::Name nobody;
  const x509::Csr* csr = csr_of(order);
  const auto& asked = order.passthrough.subject;
  const bool heard = csr == nullptr || takes_api(order.certificate_template.passthrough);
  if (heard && asked) return asked->der();
  return csr == nullptr ? nobody.der() : csr->subject().der();
}

// An empty SEQUENCE: tag and length.
bool is_empty_name(ByteView der) { return der.size() == 2; }

Result<ExtensionPlan, Refusal> ExtensionPlan::make(const Issuer& issuer, const Order& order) {
  ExtensionPlan plan(issuer, order);
  if (takes_api(order.certificate_template.passthrough) || plan.csr() == nullptr) {
    plan.asked_by_api_ = as_extensions(order.passthrough);
  }
  if (const Extension* repeated = first_repeated(plan.asked_by_api_)) {
    return Refusal(Refusal::Kind::InvalidPassthrough,
                   "The extension " + repeated->type.text() + " is asked for twice.");
  }
  return plan;
}

const Extension* ExtensionPlan::from_api(const asn1::Oid& type) const {
  return takes_api(mould().passthrough) ? find_in(asked_by_api_, type) : nullptr;
}

const Extension* ExtensionPlan::from_csr(const asn1::Oid& type) const {
  if (csr() == nullptr || !takes_csr(mould().passthrough)) return nullptr;
  return csr()->extensions().find(type);
}

const Extension* ExtensionPlan::passed_through(const asn1::Oid& type) const {
  const Extension* asked = from_api(type);
  return asked != nullptr ? asked : from_csr(type);
}

std::vector<Extension> ExtensionPlan::extensions(Bytes key_id) const {
  std::vector<Extension> out;
  out.reserve(ruled.size());
  add(out, alternative_name());
  out.push_back(basic_constraints());
  add(out, authority_key_identifier());
  out.push_back(to_extension(x509::SubjectKeyIdentifier{std::move(key_id)}));
  add(out, key_usage());
  add(out, extended_key_usage());
  add(out, crl_distribution_points());
  add(out, authority_info_access());
  add_all_others(out);
  return out;
}

// Alternative names are those of the CSR with every template. Without a subject they must be
// critical (RFC 5280, 4.2.1.6).
Maybe ExtensionPlan::alternative_name() const {
  const Extension* asked = find_in(asked_by_api_, oids::kSubjectAlternativeName);
  if (asked == nullptr && csr() != nullptr) {
    asked = csr()->extensions().find(oids::kSubjectAlternativeName);
  }
  Maybe names = copy_of(asked);
  if (names && is_empty_name(subject_of(order_))) names->critical = true;
  return names;
}

Extension ExtensionPlan::basic_constraints() const {
  return to_extension(
      x509::BasicConstraints{.ca = mould().is_ca(), .path_length = mould().path_length},
      mould().critical_basic_constraints ? Criticality::Critical : Criticality::NotCritical);
}

Maybe ExtensionPlan::authority_key_identifier() const {
  if (mould().subject_kind == SubjectKind::RootCa) {
    return copy_of(from_api(oids::kAuthorityKeyIdentifier));
  }
  return to_extension(x509::AuthorityKeyIdentifier{
      .key_id = to_bytes(issuer_.key_id()), .issuer = {}, .serial = {}});
}

Maybe ExtensionPlan::key_usage() const {
  if (!mould().key_usage) return copy_of(passed_through(oids::kKeyUsage));
  return to_extension(*mould().key_usage, Criticality::Critical);
}

Maybe ExtensionPlan::extended_key_usage() const {
  const auto& fixed = mould().extended_key_usage;
  if (fixed.empty()) return copy_of(passed_through(oids::kExtendedKeyUsage));
  return to_extension(
      x509::ExtendedKeyUsage{{fixed.begin(), fixed.end()}},
      mould().critical_extended_key_usage ? Criticality::Critical : Criticality::NotCritical);
}

Maybe ExtensionPlan::crl_distribution_points() const {
  if (mould().subject_kind == SubjectKind::RootCa) return std::nullopt;
  const auto& pointers = issuer_.pointers();
  const bool omitted = pointers.omit_crl_distribution_points;
  if (pointers.crl_uri && !omitted) {
    return to_extension(x509::CrlDistributionPoints::at(*pointers.crl_uri));
  }
  const bool api_is_heard = mould().crl_distribution_points_from_api || omitted;
  const Extension* asked = api_is_heard ? from_api(oids::kCrlDistributionPoints) : nullptr;
  return copy_of(asked != nullptr ? asked : from_csr(oids::kCrlDistributionPoints));
}

Maybe ExtensionPlan::authority_info_access() const {
  const auto& ocsp_uri = issuer_.pointers().ocsp_uri;
  if (!ocsp_uri || mould().subject_kind == SubjectKind::RootCa) {
    return copy_of(passed_through(oids::kAuthorityInfoAccess));
  }
  return to_extension(
      x509::AuthorityInfoAccess{{{oids::kAccessOcsp, x509::UniformResourceIdentifier{*ocsp_uri}}}});
}

void ExtensionPlan::add_all_others(std::vector<Extension>& out) const {
  if (takes_api(mould().passthrough)) {
    std::ranges::copy_if(asked_by_api_, std::back_inserter(out),
                         [](const Extension& each) { return !is_ruled(each.type); });
  }
  if (csr() == nullptr || !takes_csr(mould().passthrough)) return;
  for (const Extension& each : csr()->extensions()) {
    if (!is_ruled(each.type) && from_api(each.type) == nullptr) out.push_back(each);
  }
}

}  // namespace everseal::issuance
