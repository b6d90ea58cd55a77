#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/listing.h"

// What the listings of objects have in common on the wire.
namespace everseal::s3 {

struct Owner {
  std::string id;
  static constexpr auto fields = std::tuple{aws::required("ID", &Owner::id)};
};

struct Listed {
  std::string key;
  TimePoint modified_at;
  std::string etag;
  std::vector<std::string> checksum_algorithm;
  std::optional<std::string> checksum_type;
  std::int64_t size = 0;
  std::string storage_class = "STANDARD";
  std::optional<Owner> owner;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Listed::key),
                 aws::required("LastModified", &Listed::modified_at),
                 aws::required("ETag", &Listed::etag),
                 aws::optional("ChecksumAlgorithm", &Listed::checksum_algorithm, aws::flattened()),
                 aws::optional("ChecksumType", &Listed::checksum_type),
                 aws::required("Size", &Listed::size),
                 aws::required("StorageClass", &Listed::storage_class),
                 aws::optional("Owner", &Listed::owner)};
};

struct Folder {
  std::string prefix;
  static constexpr auto fields = std::tuple{aws::required("Prefix", &Folder::prefix)};
};

// How keys are spelt in an answer: as they are, or percent-encoded, so that XML can hold any.
class KeySpelling {
 public:
  // InvalidArgument: neither nothing nor "url".
  static Result<KeySpelling, ApiError> of(const std::optional<std::string>& encoding_type);
  std::string operator()(std::string_view key) const;
  std::optional<std::string> operator()(const std::optional<std::string>& text) const;
  std::vector<Listed> listed(const std::vector<Object>& objects,
                             const std::optional<Owner>& owner) const;
  std::vector<Folder> folders(const std::vector<std::string>& folders) const;

 private:
  bool encodes_ = false;
};

// max-keys: 1000 if nothing is said, and at most. InvalidArgument: negative.
Result<std::int64_t, ApiError> most_keys(const std::optional<std::int64_t>& max_keys);

// A page of the bucket. NoSuchBucket, AccessDenied.
Result<ListingPage, ApiError> list_bucket(sql::Database& database, const std::string& bucket,
                                          const ListingQuery& query);

}  // namespace everseal::s3
