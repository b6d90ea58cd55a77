#pragma once

#include <string>
#include <tuple>

#include "aws/fields.h"
#include "services/s3/values/checksum.h"

// What several operations have in common on the wire.
namespace everseal::s3::shapes {

// An answer that is all in its headers.
struct OnlyHeaders {
  HeaderMap headers;
  static constexpr auto fields =
      std::tuple{aws::optional("", &OnlyHeaders::headers, aws::in_header({}))};
};

}  // namespace everseal::s3::shapes
