#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "issuance/lint/subject.h"

namespace everseal::issuance::lint {

// What is wrong, as the end of a sentence without a full stop; nothing if the rule is kept.
using Violation = std::optional<std::string>;

struct Rule {
  std::string_view name;
  std::string_view source;  // where it is written
  Violation (*check)(const Subject& subject);
};

// All of them. Form that x509's parser refuses by itself (an extension twice, a serial number that
// is not positive, a time in the wrong type) needs no rule: such bytes have no Subject.
std::span<const Rule> all_rules();

// One rule a file: rules/<name>.cc.
Violation alternative_name_for_empty_subject(const Subject& subject);
Violation authority_key_identifier_names_issuer(const Subject& subject);
Violation ca_has_critical_basic_constraints(const Subject& subject);
Violation ca_has_subject(const Subject& subject);
Violation ca_signs_certificates(const Subject& subject);
Violation criticality_is_as_prescribed(const Subject& subject);
Violation dns_names_are_well_formed(const Subject& subject);
Violation extended_key_usage_is_not_repeated(const Subject& subject);
Violation issuer_name_is_chained(const Subject& subject);
Violation mail_addresses_are_well_formed(const Subject& subject);
Violation name_constraints_only_for_ca(const Subject& subject);
Violation only_ca_signs_certificates(const Subject& subject);
Violation pointers_are_uris(const Subject& subject);
Violation public_key_is_strong(const Subject& subject);
Violation serial_number_is_unpredictable(const Subject& subject);
Violation signature_algorithm_is_the_signers(const Subject& subject);
Violation subject_attributes_fit(const Subject& subject);
Violation subject_key_identifier_names_key(const Subject& subject);
Violation uris_are_absolute(const Subject& subject);
Violation validity_can_be_used(const Subject& subject);
Violation version_is_three(const Subject& subject);

}  // namespace everseal::issuance::lint
