#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/acl.h"
#include "services/s3/object_files.h"
#include "services/s3/object_store.h"
#include "sql/database.h"

// How other services of this program write objects: Private CA its CRLs and audit reports, load
// balancers their logs.
namespace everseal::s3 {

// An object that a service writes into a bucket of somebody, and for whom.
struct ServiceWrite {
  std::string service;         // "acm-pca.amazonaws.com": the principal that policies name
  std::string source_account;  // aws:SourceAccount
  std::string source_arn;      // aws:SourceArn: "arn:aws:acm-pca:...:certificate-authority/..."
  std::string region;          // aws:RequestedRegion
  std::string bucket;
  std::string key;
  Acl acl = Acl::BucketOwnerFullControl;
  std::string content_type = "binary/octet-stream";
  // What the bucket's policy must allow: s3:PutObject, or what Private CA asks for as well.
  enum class Needs { Put, PutAndAcls } needs = Needs::PutAndAcls;
  // "127311923021": policies may name this account instead of the service; empty: no other.
  std::string account_instead{};
};

// An object of a service on its way, in constant memory.
class PendingObject {
 public:
  // The file and what was replaced are kept or removed as the transaction ended: so this outlives
  // it.
  ~PendingObject();
  PendingObject(const PendingObject&) = delete;
  PendingObject& operator=(const PendingObject&) = delete;

  // Unavailable: the disk is full.
  Outcome append(ByteView octets);
  // Durable; nothing can be appended any more. Without it there is nothing to store.
  Outcome finish();
  // With the rest of the transaction it becomes the latest version of its key; if that does not
  // commit, it never was. Asks once more what `check` asks, of the bucket as it is now. May be
  // called again when the transaction runs again.
  Result<void, ApiError> store(sql::Transaction& tx);

  std::uint64_t size() const { return file_->size(); }

 private:
  friend class ServiceWrites;
  struct Ending;
  PendingObject(ObjectFiles& files, const Clock& clock, ServiceWrite write, Object object,
                std::string new_version, std::unique_ptr<NewFile> file);

  ObjectFiles& files_;
  const Clock& clock_;
  const ServiceWrite write_;
  Object object_;
  const std::string new_version_;
  std::unique_ptr<NewFile> file_;
  bool is_finished_ = false;
  // Written by the committing thread before the caller of the transaction goes on.
  std::shared_ptr<Ending> ending_;
};

// Thread-safe.
class ServiceWrites {
 public:
  ServiceWrites(sql::Database& database, ObjectFiles& files, Random& random, const Clock& clock)
      : database_(database), files_(files), random_(random), clock_(clock) {}

  // Whether it would be allowed. As with AWS a service needs the bucket's policy also within the
  // account: it must allow the principal s3:PutObject and, as `needs` says, s3:PutObjectAcl on the
  // object, s3:GetBucketAcl and s3:GetBucketLocation on the bucket. The error's message is a
  // sentence that names the check that failed. NoSuchBucket 404; AccessDenied 403: no policy, it
  // does not allow or it denies an action, BlockPublicAcls; AccessControlListNotSupported 400:
  // PublicRead where ACLs do not count; KeyTooLongError 400.
  Result<void, ApiError> check(const ServiceWrite& write) const;
  static Result<void, ApiError> check(sql::Snapshot& view, const ServiceWrite& write);

  // What `check` refuses, and Unavailable: no file can be made. The ETag is made up, 32 random
  // hexadecimal digits and "-1": nothing is hashed, and clients that take ETags for MD5 do not
  // take this one.
  Result<std::unique_ptr<PendingObject>, ApiError> begin(const ServiceWrite& write);

 private:
  sql::Database& database_;
  ObjectFiles& files_;
  Random& random_;
  const Clock& clock_;
};

}  // namespace everseal::s3
