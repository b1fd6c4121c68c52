// The only file that knows where @anthropic-ai/sandbox-runtime keeps its parts. They are not its public interface, so
// its version is pinned in package.json, and the attack test runs against it.
import nodeForge from 'node-forge';

const parts = new URL('node_modules/@anthropic-ai/sandbox-runtime/dist/sandbox/', import.meta.url);

/** The certificate library that it uses. */
export const forge = nodeForge;

async function part(name) {
  return import(new URL(`${name}.js`, parts));
}

export const { createHttpProxyServer } = await part('http-proxy');
export const { createByteBudget } = await part('emitted-connection');
export const { createMitmCA, generateCa, validateCaPair } = await part('mitm-ca');
export const { createResolvedAddressGuard, isResolvedAddressDenied } = await part('resolved-address-guard');
export const { canonicalizeHost, connectViaParentProxy, resolveParentProxy, selectParentProxyUrl, shouldBypassParentProxy } =
  await part('parent-proxy');
