#include "services/sts/service.h"

#include "services/sts/operations/assume_role.h"
#include "services/sts/operations/get_access_key_info.h"
#include "services/sts/operations/get_caller_identity.h"
#include "services/sts/operations/get_session_token.h"

namespace everseal::sts {

aws::Service make_service(const Parts& parts) {
  aws::Service service({.name = "sts",
                        .signing_name = "sts",
                        .protocol = aws::Protocol::Query,
                        .target_prefix = {},
                        .api_version = "2011-06-15",
                        .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/"});
  service.add(GetCallerIdentity{})
      .add(GetAccessKeyInfo{parts.accounts})
      .add(GetSessionToken{parts.vault, parts.random, parts.clock})
      .add(AssumeRole{parts.roles, parts.vault, parts.random, parts.clock});
  return service;
}

}  // namespace everseal::sts
