// bin/test builds the programs of a cluster, unless other tests are selected.
return System.getProperty('it.kubernetes') != null
