#pragma once

#include <string>
#include <string_view>

#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/model/configuration.h"

namespace everseal::acmpca {

// Where a CRL lies, and what certificates call the place.
struct CrlLocation {
  std::string bucket;
  std::string key;  // ends in ".crl"
  std::string uri;  // of the CRL distribution point
};

// `crl` is enabled. S3BucketName may carry a path behind the bucket, which keys then begin with. A
// partition is a UUID; empty: the complete list.
//
//   crl/<CA id>.crl                    the complete list
//   crl/<CA id>/<partition>.crl
//   <CustomPath>/<CA id or partition>.crl
//
// The URI has CustomCname as its host, else the bucket's name on S3; a name with dots stands in the
// path.
CrlLocation crl_location(const AuthorityArn& authority, const CrlConfiguration& crl,
                         std::string_view partition);

// Where its delta CRLs lie: "crl/<CA id>-delta.crl".
CrlLocation delta_of(const CrlLocation& complete);
std::string delta_of(std::string key_or_uri);

}  // namespace everseal::acmpca
