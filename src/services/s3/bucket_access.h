#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

// Whether ACLs count in a bucket: not with BucketOwnerEnforced, which new buckets have.
enum class Ownership { BucketOwnerEnforced, BucketOwnerPreferred, ObjectWriter };

std::string_view text_of(Ownership ownership);  // "ObjectWriter"
std::optional<Ownership> ownership_in(std::string_view text);

// Who may do what with an object, or list a bucket, besides what policies say: the canned ACLs that
// are kept. All but PublicRead give nothing to anybody but the owner of the bucket.
enum class Acl { Private, BucketOwnerFullControl, PublicRead };

std::string_view text_of(Acl acl);  // "public-read"
Acl acl_in(std::string_view text);  // Private, if it is none of them

// How a bucket is kept from being opened to everybody. New buckets have all four.
struct PublicAccessBlock {
  bool block_public_acls = false;        // an ACL that opens an object is refused
  bool ignore_public_acls = false;       // and one that is there does not count
  bool block_public_policy = false;      // a policy that opens the bucket is refused
  bool restrict_public_buckets = false;  // and one that is there is for the own account only
  friend bool operator==(const PublicAccessBlock&, const PublicAccessBlock&) = default;
};

// What a bucket says of access to it.
struct BucketAccess {
  std::string account;  // whose it is
  Ownership ownership = Ownership::BucketOwnerEnforced;
  PublicAccessBlock block{};
  bool has_block = true;                // false: it was deleted, and blocks nothing
  std::optional<std::string> policy{};  // JSON
  Acl acl = Acl::Private;
};

// Nothing: there is no such bucket.
Result<std::optional<BucketAccess>> find_access(sql::Snapshot& view, std::string_view bucket);

// Of a bucket of the caller's account. NoSuchBucket; MethodNotAllowed: another account's.
Result<BucketAccess, ApiError> require_own_access(sql::Snapshot& view, std::string_view bucket,
                                                  const aws::Call& call);

// The root user of an account.
bool is_root(const aws::Call& call);

Outcome set_ownership(sql::Transaction& tx, std::string_view bucket, Ownership ownership);
Outcome set_bucket_acl(sql::Transaction& tx, std::string_view bucket, Acl acl);
Outcome set_public_access_block(sql::Transaction& tx, std::string_view bucket,
                                const std::optional<PublicAccessBlock>& block);
Outcome set_policy(sql::Transaction& tx, std::string_view bucket,
                   const std::optional<std::string>& policy);

}  // namespace everseal::s3
