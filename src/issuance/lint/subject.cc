#include "issuance/lint/subject.h"

#include <utility>

namespace everseal::issuance::lint {
namespace {

template <class Type>
bool read_into(std::optional<Type>& place, const x509::Extensions& all, Outcome& outcome) {
  auto value = all.get<Type>();
  if (value) {
    place = *std::move(value);
    return true;
  }
  outcome = Fault::malformed("extension " + Type::kOid.text() + ": " + value.error().cause);
  return false;
}

// Those that no rule looks at have to be readable all the same.
template <class Type>
bool is_readable(const x509::Extensions& all, Outcome& outcome) {
  std::optional<Type> ignored;
  return read_into(ignored, all, outcome);
}

}  // namespace

Result<Subject> Subject::read(const x509::TbsCertificate& tbs, const IssuerFacts& issuer) {
  Subject subject{.tbs = tbs,
                  .issuer = issuer,
                  .basic_constraints = {},
                  .key_usage = {},
                  .extended_key_usage = {},
                  .alternative_name = {},
                  .subject_key_identifier = {},
                  .authority_key_identifier = {},
                  .crl_distribution_points = {},
                  .authority_info_access = {}};
  Outcome outcome;
  const auto& all = tbs.extensions();
  const bool readable = read_into(subject.basic_constraints, all, outcome) &&
                        read_into(subject.key_usage, all, outcome) &&
                        read_into(subject.extended_key_usage, all, outcome) &&
                        read_into(subject.alternative_name, all, outcome) &&
                        read_into(subject.subject_key_identifier, all, outcome) &&
                        read_into(subject.authority_key_identifier, all, outcome) &&
                        read_into(subject.crl_distribution_points, all, outcome) &&
                        read_into(subject.authority_info_access, all, outcome) &&
                        is_readable<x509::SubjectInfoAccess>(all, outcome) &&
                        is_readable<x509::CertificatePolicies>(all, outcome) &&
                        is_readable<x509::NameConstraints>(all, outcome);
  if (!readable) return outcome.error();
  return subject;
}

}  // namespace everseal::issuance::lint
