#include "issuance/lint/rules.h"

#include <array>

namespace everseal::issuance::lint {
namespace {

constexpr std::array rules{
    Rule{"version_is_three", "RFC 5280, 4.1.2.1", version_is_three},
    Rule{"serial_number_is_unpredictable", "RFC 5280, 4.1.2.2", serial_number_is_unpredictable},
    Rule{"signature_algorithm_is_the_signers", "RFC 5280, 4.1.2.3",
         signature_algorithm_is_the_signers},
    Rule{"issuer_name_is_chained", "RFC 5280, 4.1.2.4", issuer_name_is_chained},
    Rule{"validity_can_be_used", "RFC 5280, 4.1.2.5", validity_can_be_used},
    Rule{"ca_has_subject", "RFC 5280, 4.1.2.6", ca_has_subject},
    Rule{"subject_attributes_fit", "RFC 5280, A.1", subject_attributes_fit},
    Rule{"public_key_is_strong", "NIST SP 800-131A", public_key_is_strong},
    Rule{"authority_key_identifier_names_issuer", "RFC 5280, 4.2.1.1",
         authority_key_identifier_names_issuer},
    Rule{"subject_key_identifier_names_key", "RFC 5280, 4.2.1.2", subject_key_identifier_names_key},
    Rule{"ca_signs_certificates", "RFC 5280, 4.2.1.3", ca_signs_certificates},
    Rule{"only_ca_signs_certificates", "RFC 5280, 4.2.1.9", only_ca_signs_certificates},
    Rule{"ca_has_critical_basic_constraints", "RFC 5280, 4.2.1.9",
         ca_has_critical_basic_constraints},
    Rule{"alternative_name_for_empty_subject", "RFC 5280, 4.2.1.6",
         alternative_name_for_empty_subject},
    Rule{"dns_names_are_well_formed", "RFC 5280, 4.2.1.6", dns_names_are_well_formed},
    Rule{"mail_addresses_are_well_formed", "RFC 5280, 4.2.1.6", mail_addresses_are_well_formed},
    Rule{"uris_are_absolute", "RFC 5280, 4.2.1.6", uris_are_absolute},
    Rule{"name_constraints_only_for_ca", "RFC 5280, 4.2.1.10", name_constraints_only_for_ca},
    Rule{"extended_key_usage_is_not_repeated", "RFC 5280, 4.2.1.12",
         extended_key_usage_is_not_repeated},
    Rule{"pointers_are_uris", "RFC 5280, 4.2.1.13", pointers_are_uris},
    Rule{"criticality_is_as_prescribed", "RFC 5280, 4.2", criticality_is_as_prescribed},
};

}  // namespace

std::span<const Rule> all_rules() { return rules; }

}  // namespace everseal::issuance::lint
