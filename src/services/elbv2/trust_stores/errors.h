#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"

// Refusals, in the words of ELBv2's model; all are 400.
namespace everseal::elbv2::trust_stores {

ApiError not_a_trust_store_arn(std::string_view text);  // ValidationError
ApiError arns_or_names();                               // ValidationError
ApiError bad_marker();                                  // ValidationError
ApiError no_contents();                                 // ValidationError
ApiError no_revocation_ids();                           // ValidationError
ApiError follows_a_ca(std::string_view ca_arn);         // ValidationError
ApiError follows_what_it_was_made_to();                 // ValidationError
ApiError no_ca_to_follow(std::string_view ca_arn);      // ValidationError
ApiError reserved_tag_key();                            // ValidationError
ApiError no_such_trust_store(std::string_view arn);     // TrustStoreNotFound
ApiError no_such_revocation(std::int64_t id);           // RevocationIdNotFound
ApiError no_such_resource(std::string_view arn);        // ResourceNotFound
ApiError name_taken(std::string_view name);             // DuplicateTrustStoreName
ApiError too_many_stores(std::int64_t most);            // TooManyTrustStores
ApiError in_use(std::string_view arn);                  // TrustStoreInUse
ApiError invalid_bundle(std::string reason);            // InvalidCaCertificatesBundle
ApiError bundle_not_found(std::string reason);          // CaCertificatesBundleNotFound
ApiError invalid_revocation(std::string reason);        // InvalidRevocationContent
ApiError revocation_not_found(std::string reason);      // RevocationContentNotFound
ApiError too_many_entries(std::int64_t most);           // TooManyTrustStoreRevocationEntries
ApiError too_many_lists(std::int64_t most);             // TooManyTrustStoreRevocationEntries
ApiError no_such_association(std::string_view arn);     // AssociationNotFound
ApiError own_association();                             // DeleteAssociationSameAccount
ApiError too_many_tags(std::int64_t most);              // TooManyTags
ApiError duplicate_tag_keys();                          // DuplicateTagKeys

}  // namespace everseal::elbv2::trust_stores
