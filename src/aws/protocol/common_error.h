#pragma once

#include <string>

#include "aws/api_error.h"
#include "aws/protocol/facts.h"

namespace everseal::aws::protocol {

// What any operation may answer without its model saying so. Each protocol has its own name and
// status for it.
enum class CommonError {
  Validation,        // a constraint of the model is violated
  Serialization,     // the body is not JSON or XML, or a member has the wrong type
  UnknownOperation,  // no such target, action or path
  MissingAction,     // query: no Action
  MalformedQuery,    // query: not a form
  AccessDenied,      // a policy says no, or none says yes
  Throttled,         // too many requests
  InternalFailure,   // our fault
  Unavailable,       // our fault; later may work
  RequestTooLarge,   // the body
  BadRequest,        // not the HTTP that is spoken here
  RequestTimeout,    // it came too slowly
  NotImplemented,    // known but not spoken here
};

ApiError common_error(Protocol protocol, CommonError error, std::string message);

// An operation's error in the protocol's words: of errors made from a Fault, which know no
// protocol, the name is changed; all others stay as they are.
ApiError in_words_of(Protocol protocol, ApiError error);

}  // namespace everseal::aws::protocol
