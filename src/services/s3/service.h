#pragma once

#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/service.h"
#include "aws/sigv4/credential_source.h"
#include "clock/clock.h"
#include "random/random.h"
#include "services/s3/object_files.h"
#include "sql/database.h"

namespace everseal::s3 {

struct Parts {
  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;  // what else a caller may see
  Random& random;
  const Clock& clock;
  const aws::sigv4::CredentialSource& credentials;  // of those who signed a form
  const Clock& wall;                                // and when
};

// S3, rest-xml, version 2006-03-01: buckets and objects, addressed by path. Octets lie in files,
// everything else in the database.
aws::Service make_service(const Parts& parts);

}  // namespace everseal::s3
