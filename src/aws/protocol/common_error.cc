#include "aws/protocol/common_error.h"

#include <array>
#include <cstddef>
#include <utility>

namespace everseal::aws::protocol {
namespace {

struct Wording {
  std::string_view code;
  int status;
};

// One line for each CommonError, in their order.
using Wordings = std::array<Wording, 13>;

constexpr Wordings json{{{"ValidationException", 400},
                         {"SerializationException", 400},
                         {"UnknownOperationException", 400},
                         {"UnknownOperationException", 400},
                         {"SerializationException", 400},
                         {"AccessDeniedException", 400},
                         {"ThrottlingException", 400},
                         {"InternalFailure", 500},
                         {"ServiceUnavailableException", 503},
                         {"RequestEntityTooLargeException", 413},
                         {"BadRequestException", 400},
                         {"RequestTimeoutException", 408},
                         {"UnknownOperationException", 400}}};

constexpr Wordings query{{{"ValidationError", 400},
                          {"InvalidParameterValue", 400},
                          {"InvalidAction", 400},
                          {"MissingAction", 400},
                          {"MalformedQueryString", 400},
                          {"AccessDenied", 403},
                          {"Throttling", 400},
                          {"InternalFailure", 500},
                          {"ServiceUnavailable", 503},
                          {"RequestEntityTooLarge", 413},
                          {"BadRequest", 400},
                          {"RequestTimeout", 408},
                          {"InvalidAction", 400}}};

constexpr Wordings rest_json{{{"ValidationException", 400},
                              {"SerializationException", 400},
                              {"UnknownOperationException", 404},
                              {"UnknownOperationException", 404},
                              {"SerializationException", 400},
                              {"AccessDeniedException", 403},
                              {"TooManyRequestsException", 429},
                              {"ServiceException", 500},
                              {"ServiceUnavailableException", 503},
                              {"RequestTooLargeException", 413},
                              {"BadRequestException", 400},
                              {"RequestTimeoutException", 408},
                              {"UnknownOperationException", 404}}};

constexpr Wordings rest_xml{{{"InvalidArgument", 400},
                             {"MalformedXML", 400},
                             {"MethodNotAllowed", 405},
                             {"MethodNotAllowed", 405},
                             {"InvalidURI", 400},
                             {"AccessDenied", 403},
                             {"SlowDown", 503},
                             {"InternalError", 500},
                             {"ServiceUnavailable", 503},
                             {"MaxMessageLengthExceeded", 400},
                             {"InvalidRequest", 400},
                             {"RequestTimeout", 400},
                             {"NotImplemented", 501}}};

const Wordings& wordings_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::Query:
      return query;
    case Protocol::RestJson:
      return rest_json;
    case Protocol::RestXml:
      return rest_xml;
    case Protocol::AwsJson10:
    case Protocol::AwsJson11:
      break;
  }
  return json;
}

}  // namespace

ApiError common_error(Protocol protocol, CommonError error, std::string message) {
  const auto& wording = wordings_of(protocol).at(static_cast<std::size_t>(error));
  return {wording.code, wording.status, std::move(message)};
}

ApiError in_words_of(Protocol protocol, ApiError error) {
  const bool failed = error.code == "InternalFailure";
  if (!failed && error.code != "ServiceUnavailable") return error;
  auto worded =
      common_error(protocol, failed ? CommonError::InternalFailure : CommonError::Unavailable,
                   std::move(error.message));
  worded.cause = std::move(error.cause);
  return worded;
}

}  // namespace everseal::aws::protocol
