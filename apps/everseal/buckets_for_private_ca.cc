#include "buckets_for_private_ca.h"

#include <utility>

#include "services/acmpca/publication/crl_bucket.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::app {
namespace {

s3::ServiceWrite translated(const acmpca::ObjectSink::Target& target) {
  return {.service = "acm-pca.amazonaws.com",
          .source_account = target.account,
          .source_arn = target.authority_arn,
          .region = target.region,
          .bucket = target.bucket,
          .key = target.key,
          .acl = target.acl == acmpca::ObjectAcl::PublicRead ? s3::Acl::PublicRead
                                                             : s3::Acl::BucketOwnerFullControl,
          .content_type = target.content_type};
}

// A refusal is a Conflict with what is there; anything else is a fault from below.
Fault translated(const ApiError& error) {
  return error.cause.empty() ? Fault::conflict(error.message) : Fault::unavailable(error.cause);
}

Outcome translated(const Result<void, ApiError>& done) {
  if (!done) return translated(done.error());
  return {};
}

class Written final : public acmpca::ObjectSink::Pending {
 public:
  explicit Written(std::unique_ptr<s3::PendingObject> object) : object_(std::move(object)) {}
  Outcome append(ByteView octets) override { return object_->append(octets); }
  Outcome finish() override { return object_->finish(); }
  Outcome store(sql::Transaction& tx) override { return translated(object_->store(tx)); }

 private:
  std::unique_ptr<s3::PendingObject> object_;
};

}  // namespace

Outcome BucketsForPrivateCa::check(const Target& target) {
  if (target.caller != nullptr) {
    const auto denied = authorizer_.authorize(*target.caller, "s3:PutObject",
                                              aws::on(s3::object_arn(target.bucket, target.key)));
    if (!denied) return denied.error();
    if (*denied) return Fault::conflict((*denied)->message);
  }
  if (const auto fine = writes_.check(translated(target)); !fine) return translated(fine.error());
  return outside_.check(target.bucket, {acmpca::permission_test_key, acmpca::permission_test_text});
}

Result<bool> BucketsForPrivateCa::has_bucket(const Target& target) {
  const auto allowed = writes_.check(translated(target));
  return allowed || allowed.error().code != "NoSuchBucket";
}

Result<std::unique_ptr<acmpca::ObjectSink::Pending>> BucketsForPrivateCa::begin(
    const Target& target) {
  auto object = writes_.begin(translated(target));
  if (!object) return translated(object.error());
  return std::unique_ptr<Pending>(std::make_unique<Written>(*std::move(object)));
}

Result<std::optional<acmpca::ObjectSource::Opened>> BucketsForPrivateCa::open(
    std::string_view bucket, std::string_view key) {
  auto object = reader_.open(bucket, key);
  if (!object) return object.error();
  if (!*object) return std::optional<Opened>{};
  return std::optional(Opened{.size = (*object)->size,
                              .etag = std::move((*object)->etag),
                              .modified_at = (*object)->modified_at,
                              .octets = std::move((*object)->octets)});
}

}  // namespace everseal::app
