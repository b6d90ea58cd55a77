#pragma once

#include "aws/api_error.h"
#include "result/result.h"
#include "services/acmpca/model/names.h"
#include "x509/general_name.h"
#include "x509/name.h"

// Names of the API as names of X.509.
namespace everseal::acmpca {

// Standard attributes in the order in which AWS writes them, custom ones as they were given.
// Attributes that are empty texts count as absent; there may be none. InvalidArgsException: both
// kinds mixed, an object identifier that is none, a value that its string type cannot hold.
Result<x509::Name, ApiError> to_name(const Asn1Subject& subject);

// InvalidArgsException: not exactly one form, or not a value of that form.
Result<x509::GeneralName, ApiError> to_general_name(const GeneralName& name);

// RFC822 names, DNS names and URIs are IA5String. InvalidArgsException: a text that is empty, or
// not all ASCII.
Result<void, ApiError> check_ia5(std::string_view text);

// InvalidArgsException: not an object identifier.
Result<asn1::Oid, ApiError> to_oid(std::string_view text);

}  // namespace everseal::acmpca
