#include "services/acmpca/authority/new_authority.h"

#include "issuance/lint/attribute_bounds.h"
#include "services/acmpca/model/algorithms.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/model/passthrough_reading.h"
#include "services/acmpca/model/subject.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"

namespace everseal::acmpca {
namespace {

using x509::Criticality;

Result<std::vector<x509::Extension>, ApiError> csr_extensions(const CaConfiguration& plan) {
  std::vector<x509::Extension> extensions;
  extensions.push_back(x509::to_extension(
      x509::BasicConstraints{.ca = true, .path_length = std::nullopt}, Criticality::Critical));
  if (!plan.csr_extensions) return extensions;
  if (plan.csr_extensions->key_usage) {
    const auto usage = to_key_usage(*plan.csr_extensions->key_usage);
    if (usage.bits != 0) extensions.push_back(x509::to_extension(usage, Criticality::Critical));
  }
  x509::SubjectInfoAccess access;
  for (const auto& given : plan.csr_extensions->subject_information_access) {
    auto description = to_access_description(given);
    if (!description) return std::move(description).error();
    access.descriptions.push_back(*std::move(description));
  }
  if (!access.descriptions.empty()) extensions.push_back(x509::to_extension(access));
  return extensions;
}

Result<Bytes, ApiError> make_csr(const CaConfiguration& plan, const keys::SigningKey& key) {
  const auto subject = to_name(plan.subject);
  if (!subject) return subject.error();
  const auto extensions = csr_extensions(plan);
  if (!extensions) return extensions.error();
  const auto algorithm = *spoken(plan.signing_algorithm);
  const auto info = x509::build_csr_info(subject->der(), key.public_key_info(), *extensions);
  const auto signature = key.sign(algorithm, info);
  if (!signature) return signature.error();
  return x509::assemble_csr(info, algorithm, *signature);
}

Result<void, ApiError> check_algorithms(const CaConfiguration& plan) {
  const auto key = spoken(plan.key_algorithm);
  if (!key)
    return invalid_args(std::string(aws::name_of(plan.key_algorithm)) +
                        " keys are not available in this installation.");
  const auto signing = spoken(plan.signing_algorithm);
  if (!signing || family_of(*signing) != family_of(*key))
    return invalid_args("The signing algorithm does not suit the key algorithm.");
  return {};
}

Result<void, ApiError> check_subject(const CaConfiguration& plan) {
  const auto subject = to_name(plan.subject);
  if (!subject) return subject.error();
  if (subject->empty())
    return invalid_args("The subject of a certificate authority needs an attribute.");
  if (const auto wrong = issuance::lint::attribute_out_of_bounds(*subject))
    return invalid_args("No certificate could have this subject: " + *wrong + ".");
  if (const auto extensions = csr_extensions(plan); !extensions) return extensions.error();
  return {};
}

}  // namespace

Result<void, ApiError> check_plan(const AuthorityPlan& plan) {
  if (plan.security_standard == SecurityStandard::Ccpc1)
    return invalid_args(
        "A certificate authority cannot be created in this region with the specified security "
        "standard.");
  if (auto fit = check_algorithms(plan.configuration); !fit) return fit.error();
  return check_subject(plan.configuration);
}

Result<Authority, ApiError> make_authority(const AuthorityPlan& plan, std::string_view account,
                                           std::string_view region, TimePoint now,
                                           keys::KeyStore& key_store, Random& random) {
  const AuthorityArn arn(region, account, random_uuid(random));
  auto key = key_store.generate(*spoken(plan.configuration.key_algorithm), arn.text());
  if (!key) return std::move(key).error();
  auto csr = make_csr(plan.configuration, *key->key);
  if (!csr) return std::move(csr).error();
  return Authority{.id = 0,
                   .arn = arn,
                   .type = plan.type,
                   .usage_mode = plan.usage_mode,
                   .security_standard = plan.security_standard,
                   .configuration = plan.configuration,
                   .revocation = plan.revocation,
                   .key_handle = std::move(key->handle),
                   .csr = *std::move(csr),
                   .stored_status = CaStatus::PendingCertificate,
                   .version = 1,
                   .created_at = now,
                   .state_changed_at = now,
                   .installed = std::nullopt,
                   .status_before_deletion = std::nullopt,
                   .restorable_until = std::nullopt};
}

}  // namespace everseal::acmpca
