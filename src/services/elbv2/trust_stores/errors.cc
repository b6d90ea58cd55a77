#include "services/elbv2/trust_stores/errors.h"

#include <utility>

#include "services/elbv2/trust_stores/private_cas.h"

namespace everseal::elbv2::trust_stores {
namespace {

ApiError invalid(std::string message) { return {"ValidationError", 400, std::move(message)}; }

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

ApiError not_a_trust_store_arn(std::string_view text) {
  return invalid(quoted(text) + " is not a valid trust store ARN");
}

ApiError arns_or_names() {
  return invalid("Trust stores are asked for by ARN or by name, not by both");
}

ApiError bad_marker() { return invalid("The marker is not one of this list"); }

ApiError no_contents() { return invalid("At least one revocation file must be specified"); }

ApiError no_revocation_ids() { return invalid("At least one revocation ID must be specified"); }

ApiError follows_a_ca(std::string_view ca_arn) {
  return invalid("The trust store follows the private CA " + quoted(ca_arn) +
                 ", so its CA certificates cannot be others");
}

ApiError follows_what_it_was_made_to() {
  return invalid(
      "What a trust store follows is settled by the tag " + quoted(ca_tag) +
      " of CreateTrustStore, which cannot be changed or removed afterwards. Make another "
      "trust store, and let the listener use it");
}

ApiError no_ca_to_follow(std::string_view ca_arn) {
  return invalid(
      quoted(ca_arn) +
      " is not the ARN of a private CA of this account and region that has a certificate");
}

ApiError no_such_trust_store(std::string_view arn) {
  return {"TrustStoreNotFound", 400, "Trust store " + quoted(arn) + " not found"};
}

ApiError no_such_revocation(std::int64_t id) {
  return {"RevocationIdNotFound", 400,
          "Revocation ID " + quoted(std::to_string(id)) + " not found"};
}

ApiError no_such_resource(std::string_view arn) {
  return {"ResourceNotFound", 400, "Resource " + quoted(arn) + " not found"};
}

ApiError name_taken(std::string_view name) {
  return {"DuplicateTrustStoreName", 400,
          "A trust store with the name " + quoted(name) + " already exists"};
}

ApiError too_many_stores(std::int64_t most) {
  return {"TooManyTrustStores", 400,
          "The limit of " + std::to_string(most) + " trust stores is reached"};
}

ApiError in_use(std::string_view arn) {
  return {"TrustStoreInUse", 400,
          "Trust store " + quoted(arn) + " is currently in use by a listener"};
}

ApiError invalid_bundle(std::string reason) {
  return {"InvalidCaCertificatesBundle", 400, std::move(reason)};
}

ApiError bundle_not_found(std::string reason) {
  return {"CaCertificatesBundleNotFound", 400, std::move(reason)};
}

ApiError invalid_revocation(std::string reason) {
  return {"InvalidRevocationContent", 400, std::move(reason)};
}

ApiError revocation_not_found(std::string reason) {
  return {"RevocationContentNotFound", 400, std::move(reason)};
}

ApiError too_many_entries(std::int64_t most) {
  return {"TooManyTrustStoreRevocationEntries", 400,
          "The trust store would have more than " + std::to_string(most) + " revoked entries"};
}

ApiError too_many_lists(std::int64_t most) {
  return {"TooManyTrustStoreRevocationEntries", 400,
          "The trust store would have more than " + std::to_string(most) + " revocation files"};
}

ApiError no_such_association(std::string_view arn) {
  return {"AssociationNotFound", 400, "The trust store has no association with " + quoted(arn)};
}

ApiError own_association() {
  return {"DeleteAssociationSameAccount", 400,
          "An association within the account ends when its listener is modified or deleted"};
}

ApiError too_many_tags(std::int64_t most) {
  return {"TooManyTags", 400, "A trust store has at most " + std::to_string(most) + " tags"};
}

ApiError reserved_tag_key() {
  return {"ValidationError", 400, "Tag keys cannot begin with 'aws:'"};
}

ApiError duplicate_tag_keys() {
  return {"DuplicateTagKeys", 400, "A tag key was specified more than once"};
}

}  // namespace everseal::elbv2::trust_stores
