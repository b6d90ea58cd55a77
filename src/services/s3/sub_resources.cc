#include "services/s3/sub_resources.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "aws/fields.h"
#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

struct Unsupported {
  std::string_view name;
  std::string_view action;  // the permission that AWS wants for it
  std::string_view method;
  std::string_view uri;
  std::string_view code = "NotImplemented";  // others are 404: it is not configured
  std::string_view message =
      "A header or query you provided implies functionality that is not "
      "implemented";
};

// Reading what was never set up.
constexpr auto absent = std::to_array<Unsupported>(
    {{"GetBucketCors", "s3:GetBucketCORS", "GET", "/{Bucket}?cors", "NoSuchCORSConfiguration",
      "The CORS configuration does not exist"},
     {"GetBucketWebsite", "s3:GetBucketWebsite", "GET", "/{Bucket}?website",
      "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"},
     {"GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", "GET",
      "/{Bucket}?lifecycle", "NoSuchLifecycleConfiguration",
      "The lifecycle configuration does not exist"},
     {"GetBucketReplication", "s3:GetReplicationConfiguration", "GET", "/{Bucket}?replication",
      "ReplicationConfigurationNotFoundError", "The replication configuration was not found"},
     {"GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", "GET",
      "/{Bucket}?object-lock", "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket"},
     {"GetBucketTagging", "s3:GetBucketTagging", "GET", "/{Bucket}?tagging", "NoSuchTagSet",
      "The TagSet does not exist"}});

constexpr auto missing = std::to_array<Unsupported>({
    {"GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", "GET",
     "/{Bucket}?accelerate"},
    {"PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration", "PUT",
     "/{Bucket}?accelerate"},
    {"GetBucketAnalyticsConfiguration", "s3:GetAnalyticsConfiguration", "GET",
     "/{Bucket}?analytics"},
    {"PutBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration", "PUT",
     "/{Bucket}?analytics"},
    {"PutBucketCors", "s3:PutBucketCORS", "PUT", "/{Bucket}?cors"},
    {"DeleteBucketCors", "s3:PutBucketCORS", "DELETE", "/{Bucket}?cors"},
    {"GetBucketEncryption", "s3:GetEncryptionConfiguration", "GET", "/{Bucket}?encryption"},
    {"PutBucketEncryption", "s3:PutEncryptionConfiguration", "PUT", "/{Bucket}?encryption"},
    {"DeleteBucketEncryption", "s3:PutEncryptionConfiguration", "DELETE", "/{Bucket}?encryption"},
    {"GetBucketIntelligentTieringConfiguration", "s3:GetIntelligentTieringConfiguration", "GET",
     "/{Bucket}?intelligent-tiering"},
    {"PutBucketIntelligentTieringConfiguration", "s3:PutIntelligentTieringConfiguration", "PUT",
     "/{Bucket}?intelligent-tiering"},
    {"GetBucketInventoryConfiguration", "s3:GetInventoryConfiguration", "GET",
     "/{Bucket}?inventory"},
    {"PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration", "PUT",
     "/{Bucket}?inventory"},
    {"PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration", "PUT",
     "/{Bucket}?lifecycle"},
    {"DeleteBucketLifecycle", "s3:PutLifecycleConfiguration", "DELETE", "/{Bucket}?lifecycle"},
    {"GetBucketLogging", "s3:GetBucketLogging", "GET", "/{Bucket}?logging"},
    {"PutBucketLogging", "s3:PutBucketLogging", "PUT", "/{Bucket}?logging"},
    {"GetBucketMetricsConfiguration", "s3:GetMetricsConfiguration", "GET", "/{Bucket}?metrics"},
    {"PutBucketMetricsConfiguration", "s3:PutMetricsConfiguration", "PUT", "/{Bucket}?metrics"},
    {"GetBucketNotificationConfiguration", "s3:GetBucketNotification", "GET",
     "/{Bucket}?notification"},
    {"PutBucketNotificationConfiguration", "s3:PutBucketNotification", "PUT",
     "/{Bucket}?notification"},
    {"PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", "PUT",
     "/{Bucket}?object-lock"},
    {"DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls", "DELETE",
     "/{Bucket}?ownershipControls"},
    {"PutBucketReplication", "s3:PutReplicationConfiguration", "PUT", "/{Bucket}?replication"},
    {"DeleteBucketReplication", "s3:PutReplicationConfiguration", "DELETE",
     "/{Bucket}?replication"},
    {"GetBucketRequestPayment", "s3:GetBucketRequestPayment", "GET", "/{Bucket}?requestPayment"},
    {"PutBucketRequestPayment", "s3:PutBucketRequestPayment", "PUT", "/{Bucket}?requestPayment"},
    {"PutBucketTagging", "s3:PutBucketTagging", "PUT", "/{Bucket}?tagging"},
    {"DeleteBucketTagging", "s3:PutBucketTagging", "DELETE", "/{Bucket}?tagging"},
    {"PutBucketWebsite", "s3:PutBucketWebsite", "PUT", "/{Bucket}?website"},
    {"DeleteBucketWebsite", "s3:DeleteBucketWebsite", "DELETE", "/{Bucket}?website"},
    {"CreateSession", "s3express:CreateSession", "GET", "/{Bucket}?session"},
    {"GetObjectLegalHold", "s3:GetObjectLegalHold", "GET", "/{Bucket}/{Key+}?legal-hold"},
    {"PutObjectLegalHold", "s3:PutObjectLegalHold", "PUT", "/{Bucket}/{Key+}?legal-hold"},
    {"GetObjectRetention", "s3:GetObjectRetention", "GET", "/{Bucket}/{Key+}?retention"},
    {"PutObjectRetention", "s3:PutObjectRetention", "PUT", "/{Bucket}/{Key+}?retention"},
    {"GetObjectTorrent", "s3:GetObjectTorrent", "GET", "/{Bucket}/{Key+}?torrent"},
    {"RestoreObject", "s3:RestoreObject", "POST", "/{Bucket}/{Key+}?restore"},
    {"SelectObjectContent", "s3:GetObject", "POST", "/{Bucket}/{Key+}?select"},
});

constexpr auto table = [] {
  std::array<Unsupported, absent.size() + missing.size()> all{};
  std::ranges::copy(absent, all.begin());
  std::ranges::copy(missing, all.begin() + absent.size());
  return all;
}();

struct BucketRequest {
  std::string bucket;
  static constexpr auto fields =
      std::tuple{aws::required("Bucket", &BucketRequest::bucket, aws::in_label())};
};

ApiError refusal(const Unsupported& operation) {
  const int status = operation.code == "NotImplemented" ? 501 : 404;
  return {operation.code, status, std::string(operation.message)};
}

template <std::size_t Index>
struct Refused {
  static constexpr const Unsupported& about = table[Index];
  static constexpr std::string_view name = about.name;
  static constexpr aws::Http http{about.method, about.uri};
  using Request = BucketRequest;

  aws::Access access(const Request& request, const aws::Call&) const {
    return {.action = std::string(about.action), .resources = {bucket_arn(request.bucket)}};
  }
  Result<aws::Empty, ApiError> operator()(const Request& request) const {
    const auto bucket =
        database.read([&](sql::Snapshot& view) { return require_bucket(view, request.bucket); });
    if (!bucket) return bucket.error();
    return refusal(about);
  }

  sql::Database& database;
};

template <std::size_t... Index>
void add_all(aws::Service& service, sql::Database& database, std::index_sequence<Index...>) {
  (service.add(Refused<Index>{database}), ...);
}

}  // namespace

void add_unsupported(aws::Service& service, sql::Database& database) {
  add_all(service, database, std::make_index_sequence<table.size()>());
}

}  // namespace everseal::s3
