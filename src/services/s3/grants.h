#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/bucket_access.h"
#include "services/s3/listed.h"
#include "services/s3/values/checksum.h"

// ACLs as they are on the wire: an owner, and who may do what besides.
namespace everseal::s3 {

struct Grantee {
  std::string type;                // "CanonicalUser", "Group"
  std::optional<std::string> id;   // of an account
  std::optional<std::string> uri;  // of a group
  static constexpr auto fields =
      std::tuple{aws::required("xsi:type", &Grantee::type), aws::optional("ID", &Grantee::id),
                 aws::optional("URI", &Grantee::uri)};
};

struct Grant {
  Grantee grantee;
  std::string permission;  // "READ", "FULL_CONTROL"
  static constexpr auto fields = std::tuple{aws::required("Grantee", &Grant::grantee),
                                            aws::required("Permission", &Grant::permission)};
};

struct AccessControlPolicy {
  Owner owner;
  std::vector<Grant> grants;
  static constexpr auto fields = std::tuple{
      aws::required("Owner", &AccessControlPolicy::owner),
      aws::always("AccessControlList", &AccessControlPolicy::grants, aws::elements_named("Grant"))};
};

// What the ACL comes to, where that account is the owner.
AccessControlPolicy policy_of(Acl acl, const std::string& owner);

// What the headers x-amz-acl and x-amz-grant-* ask for, where that account is the owner; nothing:
// they ask for none. InvalidRequest: both. InvalidArgument: a word that is no ACL, a grantee that
// there is not. NotImplemented: an ACL that is not kept here.
Result<std::optional<Acl>, ApiError> acl_in_headers(const HeaderMap& headers,
                                                    const std::string& owner);

// What a request that is about nothing else asks for, in its headers or in its body.
// MissingSecurityHeader: neither; UnexpectedContent: both. MalformedACLError, and what check_body
// and acl_in_headers refuse.
Result<Acl, ApiError> acl_in_request(const HeaderMap& headers, const std::optional<Bytes>& body,
                                     const std::string& owner);

}  // namespace everseal::s3
