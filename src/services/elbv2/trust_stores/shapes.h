#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/fields.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/trust_store.h"

// What requests and answers of several operations hold, named as in ELBv2's model.
namespace everseal::elbv2::trust_stores::shapes {

inline constexpr auto name_length = aws::length(1, 32);
inline constexpr auto name_letters = aws::pattern("^([a-zA-Z0-9]+-)*[a-zA-Z0-9]+$");
inline constexpr auto page_size = aws::range(1, 400);
inline constexpr auto tag_letters = aws::pattern(R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)");

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128), tag_letters),
                 aws::optional("Value", &Tag::value, aws::length(0, 256), tag_letters)};
};

enum class Status { Active, Creating };
enum class RevocationType { Crl };

struct TrustStore {
  std::string name;
  std::string trust_store_arn;
  Status status = Status::Active;
  std::int64_t number_of_ca_certificates = 0;
  std::int64_t total_revoked_entries = 0;
  static constexpr auto fields =
      std::tuple{aws::required("Name", &TrustStore::name),
                 aws::required("TrustStoreArn", &TrustStore::trust_store_arn),
                 aws::required("Status", &TrustStore::status),
                 aws::required("NumberOfCaCertificates", &TrustStore::number_of_ca_certificates),
                 aws::required("TotalRevokedEntries", &TrustStore::total_revoked_entries)};
};
inline TrustStore shown(const trust_stores::TrustStore& store) {
  return {.name = store.name,
          .trust_store_arn = store.arn,
          .number_of_ca_certificates = store.ca_certificates,
          .total_revoked_entries = store.revoked_entries};
}

// What CreateTrustStore, ModifyTrustStore and DescribeTrustStores answer.
struct TrustStores {
  std::vector<TrustStore> trust_stores;
  std::optional<std::string> next_marker;
  static constexpr auto fields = std::tuple{aws::always("TrustStores", &TrustStores::trust_stores),
                                            aws::optional("NextMarker", &TrustStores::next_marker)};
};

struct TrustStoreRevocation {
  std::string trust_store_arn;
  std::int64_t revocation_id = 0;
  RevocationType revocation_type = RevocationType::Crl;
  std::int64_t number_of_revoked_entries = 0;
  static constexpr auto fields = std::tuple{
      aws::required("TrustStoreArn", &TrustStoreRevocation::trust_store_arn),
      aws::required("RevocationId", &TrustStoreRevocation::revocation_id),
      aws::required("RevocationType", &TrustStoreRevocation::revocation_type),
      aws::required("NumberOfRevokedEntries", &TrustStoreRevocation::number_of_revoked_entries)};
};

// What AddTrustStoreRevocations and DescribeTrustStoreRevocations answer.
struct TrustStoreRevocations {
  std::vector<TrustStoreRevocation> trust_store_revocations;
  std::optional<std::string> next_marker;
  static constexpr auto fields = std::tuple{
      aws::always("TrustStoreRevocations", &TrustStoreRevocations::trust_store_revocations),
      aws::optional("NextMarker", &TrustStoreRevocations::next_marker)};
};

// Where a file is fetched.
struct Location {
  std::string location;
  static constexpr auto fields = std::tuple{aws::required("Location", &Location::location)};
};

// An answer that says nothing more.
struct Done {
  static constexpr auto fields = std::tuple{};
};

}  // namespace everseal::elbv2::trust_stores::shapes

namespace everseal::aws {
template <>
inline constexpr auto names_of<elbv2::trust_stores::shapes::Status> =
    std::to_array<EnumName<elbv2::trust_stores::shapes::Status>>(
        {{elbv2::trust_stores::shapes::Status::Active, "ACTIVE"},
         {elbv2::trust_stores::shapes::Status::Creating, "CREATING"}});
template <>
inline constexpr auto names_of<elbv2::trust_stores::shapes::RevocationType> =
    std::to_array<EnumName<elbv2::trust_stores::shapes::RevocationType>>(
        {{elbv2::trust_stores::shapes::RevocationType::Crl, "CRL"}});
}  // namespace everseal::aws
