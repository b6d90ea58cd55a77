#include "services/sts/service.h"

#include <utility>

#include "services/sts/operations/get_access_key_info.h"
#include "services/sts/operations/get_caller_identity.h"

namespace everseal::sts {

aws::Service make_service(KeyAccounts accounts) {
  aws::Service service({.name = "sts",
                        .signing_name = "sts",
                        .protocol = aws::Protocol::Query,
                        .target_prefix = {},
                        .api_version = "2011-06-15",
                        .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/"});
  service.add(GetCallerIdentity{}).add(GetAccessKeyInfo{std::move(accounts)});
  return service;
}

}  // namespace everseal::sts
