#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"

// Refusals, in S3's words.
namespace everseal::s3 {

// 404
ApiError no_such_bucket(std::string_view bucket);
ApiError no_such_key(std::string_view key);
ApiError no_such_version(std::string_view key, std::string_view version_id);
ApiError no_such_upload(std::string_view upload_id);
ApiError no_such_bucket_policy(std::string_view bucket);
ApiError no_such_public_access_block(std::string_view bucket);

// 409
ApiError bucket_exists();    // BucketAlreadyExists: another account's
ApiError bucket_is_yours();  // BucketAlreadyOwnedByYou
ApiError bucket_not_empty(std::string_view bucket);

// 400
ApiError invalid_bucket_name(std::string_view bucket);
ApiError invalid_location();                             // InvalidLocationConstraint
ApiError illegal_location(std::string_view constraint);  // IllegalLocationConstraintException
ApiError key_too_long(std::string_view key);
ApiError invalid_key();  // InvalidURI: it holds NUL
ApiError metadata_too_large(std::size_t size);
ApiError entity_too_large(std::uint64_t size);
ApiError entity_too_small(std::uint64_t size);
ApiError incomplete_body();
ApiError invalid_digest();                           // Content-MD5 is none
ApiError bad_digest();                               // Content-MD5 is another's
ApiError bad_checksum(std::string_view algorithm);   // BadDigest
ApiError invalid_checksum(std::string_view header);  // InvalidRequest: not a value of its kind
ApiError several_checksums();                        // InvalidRequest
ApiError checksum_missing();                         // InvalidRequest: this operation wants one
ApiError invalid_request(std::string message);
ApiError invalid_argument(std::string_view name, std::string_view value, std::string message);
ApiError acl_not_supported();
ApiError acl_on_enforced_ownership();  // InvalidBucketAclWithObjectOwnership
ApiError acl_missing();                // MissingSecurityHeader
ApiError malformed_acl();              // MalformedACLError
ApiError unexpected_content();
ApiError malformed_policy(std::string message);
ApiError too_many_tags();  // BadRequest
ApiError invalid_tag(std::string message);
ApiError invalid_storage_class();
ApiError invalid_part();
ApiError invalid_part_order();
ApiError malformed_xml();

ApiError precondition_failed(std::string_view condition);            // 412
ApiError invalid_range(std::string_view range, std::uint64_t size);  // 416
ApiError not_implemented(std::string_view header);                   // 501
ApiError acl_not_kept();                                             // 501: NotImplemented
ApiError access_denied();                                            // 403
ApiError public_acl_blocked();                                       // 403
ApiError public_policy_blocked(std::string_view caller, std::string_view bucket_arn);  // 403
ApiError method_not_allowed(std::string_view method, std::string_view resource);       // 405

}  // namespace everseal::s3
