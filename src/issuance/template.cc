#include "issuance/template.h"

#include <algorithm>
#include <array>
#include <vector>

namespace everseal::issuance {
namespace {

using x509::KeyUsage;
using enum x509::KeyUsageBit;
using enum SubjectKind;
using Purposes = std::span<const asn1::Oid>;
using Variants = std::span<const Passthrough>;

constexpr std::string_view arn_prefix = "arn:aws:acm-pca:::template/";
constexpr std::string_view arn_suffix = "/V1";

constexpr std::array all_variants{Passthrough::None, Passthrough::Csr, Passthrough::Api,
                                  Passthrough::ApiCsr};
constexpr Variants all_four(all_variants);
constexpr Variants no_base = all_four.subspan(1);
constexpr std::array root_variants{Passthrough::None, Passthrough::Api};

constexpr KeyUsage signs_and_enciphers = KeyUsage::of({DigitalSignature, KeyEncipherment});
constexpr KeyUsage signs = KeyUsage::of({DigitalSignature});
constexpr KeyUsage certifies = KeyUsage::of({DigitalSignature, KeyCertSign, CrlSign});
constexpr std::optional<KeyUsage> open{};

constexpr std::array server_and_client{x509::oids::kServerAuth, x509::oids::kClientAuth};
constexpr std::array client{x509::oids::kClientAuth};
constexpr std::array server{x509::oids::kServerAuth};
constexpr std::array code_signing{x509::oids::kCodeSigning};
constexpr std::array ocsp_signing{x509::oids::kOcspSigning};

// Without or with a critical flag, as basicConstraints and extendedKeyUsage have one.
constexpr bool plain = false;
constexpr bool critical = true;

// A row of the published table.
struct Family {
  std::string_view name;
  Variants variants;
  SubjectKind subject_kind;
  bool critical_basic_constraints;
  std::optional<std::uint32_t> path_length;
  std::optional<KeyUsage> key_usage;
  Purposes extended_key_usage = {};
  bool critical_extended_key_usage = plain;
};

const std::array families{
    Family{"EndEntityCertificate",
           all_four,
           EndEntity,
           plain,
           {},
           signs_and_enciphers,
           server_and_client},
    Family{"EndEntityClientAuthCertificate",
           all_four,
           EndEntity,
           plain,
           {},
           signs_and_enciphers,
           client},
    Family{"EndEntityServerAuthCertificate",
           all_four,
           EndEntity,
           plain,
           {},
           signs_and_enciphers,
           server},
    Family{"CodeSigningCertificate", all_four, EndEntity, plain, {}, signs, code_signing, critical},
    Family{"OCSPSigningCertificate", all_four, EndEntity, plain, {}, signs, ocsp_signing, critical},
    Family{"SubordinateCACertificate_PathLen0", all_four, SubordinateCa, critical, 0, certifies},
    Family{"SubordinateCACertificate_PathLen1", all_four, SubordinateCa, critical, 1, certifies},
    Family{"SubordinateCACertificate_PathLen2", all_four, SubordinateCa, critical, 2, certifies},
    Family{"SubordinateCACertificate_PathLen3", all_four, SubordinateCa, critical, 3, certifies},
    Family{"RootCACertificate", root_variants, RootCa, critical, {}, certifies},
    Family{"BlankEndEntityCertificate", no_base, EndEntity, plain, {}, open},
    Family{"BlankEndEntityCertificate_CriticalBasicConstraints",
           no_base,
           EndEntity,
           critical,
           {},
           open},
    Family{"BlankSubordinateCACertificate_PathLen0", no_base, SubordinateCa, critical, 0, open},
    Family{"BlankSubordinateCACertificate_PathLen1", no_base, SubordinateCa, critical, 1, open},
    Family{"BlankSubordinateCACertificate_PathLen2", no_base, SubordinateCa, critical, 2, open},
    Family{"BlankSubordinateCACertificate_PathLen3", no_base, SubordinateCa, critical, 3, open},
};

std::string_view suffix_of(Passthrough passthrough) {
  switch (passthrough) {
    case Passthrough::None:
      return "";
    case Passthrough::Csr:
      return "_CSRPassthrough";
    case Passthrough::Api:
      return "_APIPassthrough";
    case Passthrough::ApiCsr:
      return "_APICSRPassthrough";
  }
  return "";
}

Template instance(const Family& family, Passthrough passthrough) {
  return {.name = std::string(family.name).append(suffix_of(passthrough)),
          .subject_kind = family.subject_kind,
          .passthrough = passthrough,
          .critical_basic_constraints = family.critical_basic_constraints,
          .path_length = family.path_length,
          .key_usage = family.key_usage,
          .extended_key_usage = family.extended_key_usage,
          .critical_extended_key_usage = family.critical_extended_key_usage,
          .crl_distribution_points_from_api =
              family.name.ends_with("_CriticalBasicConstraints") && takes_api(passthrough)};
}

std::vector<Template> every_instance() {
  std::vector<Template> all;
  for (const Family& family : families) {
    for (const Passthrough passthrough : family.variants) {
      all.push_back(instance(family, passthrough));
    }
  }
  return all;
}

}  // namespace

std::string Template::arn() const {
  return std::string(arn_prefix).append(name).append(arn_suffix);
}

std::span<const Template> all_templates() {
  static const std::vector<Template> all = every_instance();
  return all;
}

const Template* find_template(std::string_view arn) {
  if (!arn.starts_with(arn_prefix) || !arn.ends_with(arn_suffix)) return nullptr;
  if (arn.size() < arn_prefix.size() + arn_suffix.size()) return nullptr;
  arn.remove_prefix(arn_prefix.size());
  arn.remove_suffix(arn_suffix.size());
  const auto all = all_templates();
  const auto found = std::ranges::find(all, arn, &Template::name);
  return found == all.end() ? nullptr : &*found;
}

const Template& default_template() { return all_templates().front(); }

}  // namespace everseal::issuance
