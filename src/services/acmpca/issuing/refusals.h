#pragma once

#include "aws/api_error.h"
#include "issuance/refusal.h"

namespace everseal::acmpca {

// Why a certificate was not issued, in the words of IssueCertificate.
ApiError in_api_words(issuance::Refusal refusal);

}  // namespace everseal::acmpca
