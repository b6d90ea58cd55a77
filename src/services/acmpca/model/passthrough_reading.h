#pragma once

#include "aws/api_error.h"
#include "issuance/api_passthrough.h"
#include "result/result.h"
#include "services/acmpca/model/passthrough.h"

namespace everseal::acmpca {

// What the API was given, in the words of X.509. InvalidArgsException: a choice with none or
// several members, both kinds of subject attributes, values that are not what they should be.
Result<issuance::ApiPassthrough, ApiError> to_passthrough(const ApiPassthrough& given);

// The bits that are said to be true.
x509::KeyUsage to_key_usage(const KeyUsage& given);

// InvalidArgsException: as above.
Result<x509::AccessDescription, ApiError> to_access_description(const AccessDescription& given);

}  // namespace everseal::acmpca
