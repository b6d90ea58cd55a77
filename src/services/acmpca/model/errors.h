#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "aws/api_error.h"
#include "aws/arn.h"

// The refusals of this service, in AWS's words where they are known.
namespace everseal::acmpca {

// InvalidArnException
ApiError not_a_valid_arn();

// ResourceNotFoundException
ApiError no_such_authority(std::string_view arn);
ApiError no_such_certificate(std::string_view arn);
ApiError no_such_permission(std::string_view principal);
ApiError no_such_bulk_revocation(std::string_view arn);
ApiError no_such_report(std::string_view id);
ApiError no_such_bucket(std::string_view bucket);

// InvalidStateException
ApiError cannot_issue_now();
ApiError cannot_be_deleted_now();
ApiError cannot_be_restored_now(std::string_view arn);
ApiError cannot_change_status_now(std::string_view arn);
ApiError cannot_import_now(std::string_view arn);
ApiError cannot_grant_now(std::string_view arn);
ApiError cannot_revoke_now(std::string_view arn);
ApiError cannot_report_now(std::string_view arn);
ApiError is_deleted(std::string_view arn);
ApiError has_no_csr(std::string_view arn);
ApiError has_no_certificate(std::string_view arn);
ApiError has_issued_nothing(std::string_view arn);

// RequestInProgressException
ApiError not_ready_yet(std::string_view arn);
ApiError reported_lately(std::string_view arn, std::chrono::minutes interval);

// RequestAlreadyProcessedException
ApiError already_revoked(std::string_view certificate_arn);
bool is_already_revoked(const ApiError& error);
bool is_invalid_request(const ApiError& error);

// LimitExceededException
ApiError too_many_authorities(std::size_t quota);
ApiError too_many_certificates(std::string_view arn);

// ConcurrentModificationException: somebody else changed the CA meanwhile.
ApiError changed_meanwhile(std::string_view arn);

ApiError invalid_args(std::string message);
ApiError invalid_request(std::string message);
ApiError invalid_tag(std::string message);
ApiError invalid_next_token();
ApiError too_many_tags(std::size_t quota);
ApiError malformed_csr(std::string message);
ApiError malformed_certificate(std::string message);
ApiError certificate_mismatch(std::string message);
ApiError permission_already_exists(std::string_view principal);
ApiError validation_failed(std::string message);

// ValidationException: the CRL bucket does not exist or cannot be written to, for this reason.
ApiError bucket_refused(std::string_view bucket, std::string_view cause);
// InvalidArgsException: the same of the bucket of an audit report.
ApiError report_bucket_refused(std::string_view bucket, std::string_view cause);

}  // namespace everseal::acmpca
